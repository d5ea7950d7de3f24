"""Writes reviewed corrections into the data folder, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from frontdesk.clinical.loading import read_yaml, structure
from frontdesk.console.learning import editing
from frontdesk.console.learning.cases import with_cases
from frontdesk.console.learning.library import Library, read
from frontdesk.console.learning.models import Correction
from frontdesk.console.learning.plan import Change, Plan, plan
from frontdesk.console.learning.selectors import waiting
from frontdesk.domain.condition import Condition
from frontdesk.domain.errors import DataFileError
from frontdesk.domain.treatment import Treatment
from frontdesk.domain.vocabulary import Phrases
from frontdesk.settings import data_folder

KINDS: Mapping[str, type[Any]] = {
    "conditions": Condition,
    "treatments": Treatment,
    "vocabulary": Phrases,
}


@dataclass(frozen=True, slots=True)
class Target:
    """Where an export is written to: a data folder, and the cases beside it."""

    data: Path
    cases: Path

    @classmethod
    def of(cls, folder: Path | None = None) -> Target:
        """The project in a folder, or the data folder in use."""
        data = folder / "data" if folder else data_folder()
        return cls(data, data.parent / "tests" / "learned.yml")


def planned(target: Target) -> Plan:
    """What would be written there now."""
    return plan(waiting(), Library(target.data))


def write(made: Plan, target: Target) -> list[Path]:
    """Write a plan's changes and mark its corrections; the files that changed.

    Raises:
        DataFileError: a changed file would not load, or has no place for a change. Nothing was
            written then.
    """
    texts = new_texts(made, target)
    with transaction.atomic():
        Correction.objects.filter(pk__in=made.done).update(exported_at=timezone.now())
        for path, text in texts.items():
            _replace(path, text)
    return list(texts)


def new_texts(made: Plan, target: Target) -> dict[Path, str]:
    """The files that change with their new text, loaded once to see that they can be.

    Raises:
        DataFileError: one cannot be.
    """
    texts: dict[Path, str] = {}
    for file, changes in made.files():
        path = target.data / file
        try:
            texts[path] = _changed(read(path), changes)
        except (editing.NotThere, OSError, YAMLError) as error:
            raise DataFileError(str(path), "has no place for what is to be added") from error
        _check(path, texts[path], changes)
    before = read(target.cases) if target.cases.exists() else ""
    after = with_cases(before, made.cases)
    if after != before:
        texts[target.cases] = after
    return texts


def _changed(text: str, changes: Sequence[Change]) -> str:
    for one in changes:
        if one.is_removal:
            text = editing.without_phrase(text, one.text)
        elif one.steps:
            text = editing.with_items(text, one.steps, [one.text])
        else:
            text = editing.with_phrases(text, [one.text])
    return text


def _check(path: Path, text: str, changes: Sequence[Change]) -> None:
    """Load a changed file as the assistant does, and find in it what was added."""
    for one in changes:
        if one.is_removal:
            continue
        found = editing.items_at(text, one.steps) if one.steps else _loaded_phrases(text)
        if one.text not in found:
            raise DataFileError(str(path), "would not hold what was added as it was written")
    folder = path.parent.name
    kind = KINDS.get(folder)
    if kind is None:
        return
    with tempfile.TemporaryDirectory() as aside:
        copy = Path(aside) / path.name
        copy.write_text(text, encoding="utf-8")
        for entry, value in read_yaml(copy, folder).items():
            structure(path, str(entry), value, kind)


def _loaded_phrases(text: str) -> list[str]:
    """The phrases as Rasa reads them."""
    block = YAML(typ="safe").load(text)["nlu"][0]
    return [line[1:].strip() for line in block["examples"].splitlines()]


def _replace(path: Path, text: str) -> None:
    """Write a file in one step, so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8")
    if path.exists():
        aside.chmod(path.stat().st_mode)
    os.replace(aside, path)
