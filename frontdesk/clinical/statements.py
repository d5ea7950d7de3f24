"""The messages of ``data/statements/``, each with what it states, and those read as documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc

from frontdesk.clinical import language
from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.loading import entries
from frontdesk.domain.condition import Condition
from frontdesk.domain.errors import DataFileError
from frontdesk.domain.finding import Assertion, Finding, Subject

STATEMENTS = "statements"
Told = list[tuple[Doc, tuple[Finding, ...]]]  # messages of our pipeline, with what they state


@dataclass(frozen=True, slots=True)
class Statement:
    """A message and what it states, each as "id assertion" or "id assertion other"."""

    text: str
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of one kind."""

    messages: tuple[Statement, ...]


def load_statements(data: Path, known: Mapping[str, Condition]) -> dict[str, tuple[Finding, ...]]:
    """Every message of ``data/statements/`` with what it states.

    Raises:
        DataFileError: naming file or folder, entry and key of what is wrong.
    """
    folder = data / STATEMENTS
    found: dict[str, tuple[Finding, ...]] = {}
    for name, kind in entries(folder, Statements).items():
        for one in kind.messages:
            if one.text in found:
                problem = f"'{one.text}' is written twice; keep one"
                raise DataFileError(str(folder), problem, name, "messages")
            try:
                found[one.text] = tuple(_finding(state, known) for state in one.states)
            except ValueError as error:
                problem = f"{error} of '{one.text}'"
                raise DataFileError(str(folder), problem, name, "states") from error
    return found


def _finding(state: str, known: Mapping[str, Condition]) -> Finding:
    name, *rest = state.split()
    if name not in known:
        raise ValueError(f"unknown condition '{name}'")
    if not 1 <= len(rest) <= 2:
        raise ValueError(f"expected 'id assertion' or 'id assertion other' instead of '{state}'")
    return Finding(name, Assertion(rest[0]), Subject(rest[1]) if rest[1:] else Subject.CLIENT)


def told(data: Path, pipeline: Path) -> Told:
    """Every statement as a document of the pipeline in a folder, built when it is not current."""
    language.build_if_stale(data, pipeline)
    nlp = spacy.load(pipeline)
    statements = load_statements(data, load_conditions(data))
    return [(doc, statements[doc.text]) for doc in nlp.pipe(statements)]
