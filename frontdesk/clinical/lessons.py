"""Teaches the judge from the statements of ``data/statements/``, each with what it states."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
from spacy.tokens import Doc

from frontdesk.clinical.clauses import parts, read_by_meaning
from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.encoder import Vectors
from frontdesk.clinical.findings import MEANING, WORDS
from frontdesk.clinical.judge import OTHER, SCALE, Judge
from frontdesk.clinical.keeping import Encodes
from frontdesk.clinical.meanings import Meanings
from frontdesk.clinical.modifiers import load_modifiers
from frontdesk.clinical.reading import Reader
from frontdesk.clinical.statements import Told
from frontdesk.clinical.traits import meaning, traits
from frontdesk.domain.finding import Finding, Subject

RIDGE, LEAST = 1.0, 2  # the inverse of decay; a trait is seen twice or not looked at
ROUNDS = 100  # after which it hardly changes any more


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the judge sees of a condition in a message, and how it is stated there."""

    traits: Mapping[str, float]
    vectors: Vectors
    label: str


def learn(data: Path, encoder: Encodes, target: Path, statements: Told) -> None:
    """Teach the judge and keep it in ``target``, where the second reader is kept already."""
    nlp = spacy.load(target.parent / "reading")
    reader = Reader(nlp, load_conditions(data), load_modifiers(data), Meanings.alone(target))
    lessons: list[Lesson] = []
    each = _encoded([doc for doc, _ in statements], encoder)
    for (doc, stated), vectors in zip(statements, each, strict=True):
        lessons += _lessons(doc, vectors, stated, reader)
    _taught(lessons).save(target)


def _encoded(docs: Sequence[Doc], encoder: Encodes) -> Iterator[Vectors]:
    """The vectors of each message and its parts, encoded many at once."""
    each = [read_by_meaning(doc) for doc in docs]
    vectors = encoder.encode([text for texts in each for text in texts])
    start = 0
    for texts in each:
        yield vectors[start : start + len(texts)]
        start += len(texts)


def _lessons(
    doc: Doc, vectors: Vectors, stated: Sequence[Finding], reader: Reader
) -> Iterator[Lesson]:
    """A lesson for each thing that was found and is stated once."""
    reading = reader.read(doc, vectors)
    right = {one.id: one for one in stated}
    often = Counter(one.id for one in stated)
    for found, (start, end) in zip(reading.findings, reading.places, strict=True):
        name = next((one for one in _names(found.id) if often[one] == 1), None)
        span = doc.char_span(start, end, alignment_mode="expand")
        if name is None or span is None or found.reader not in (WORDS, MEANING):
            continue
        is_clause = found.reader == MEANING
        own = right[name]
        yield Lesson(
            traits(span, reader.conditions[found.id], is_clause=is_clause),
            meaning(span, parts(doc), vectors),
            own.assertion.value if own.subject is Subject.CLIENT else OTHER,
        )


def _names(found: str) -> tuple[str, ...]:
    """What is past may be stated under the name of what it was."""
    return (found, "cancer_active") if found == "cancer_history" else (found,)


def _taught(lessons: Sequence[Lesson]) -> Judge:
    # slow to import, and not needed to read
    from scipy.sparse import csr_matrix, hstack
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    seen = Counter(name for one in lessons for name in one.traits)
    names = sorted(name for name, times in seen.items() if times >= LEAST)
    index = {name: number for number, name in enumerate(names)}
    cells = [
        (row, index[name], weight)
        for row, one in enumerate(lessons)
        for name, weight in one.traits.items()
        if name in index
    ]
    rows, columns, weights = zip(*cells, strict=True)
    looked_at = csr_matrix((weights, (rows, columns)), (len(lessons), len(names)))
    meant = csr_matrix(np.array([one.vectors for one in lessons]) * SCALE)
    model = LogisticRegression(C=RIDGE, max_iter=ROUNDS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it is stopped early on purpose
        model.fit(hstack([looked_at, meant]).tocsr(), [one.label for one in lessons])
    coefficients = np.ascontiguousarray(model.coef_.T, dtype=np.float32)
    return Judge(
        [str(one) for one in model.classes_],
        names,
        coefficients,
        model.intercept_.astype(np.float32),
    )
