"""What the data folder knows already, compared by what phrases have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from frontdesk import settings
from frontdesk.clinical.loading import read_yaml
from frontdesk.console.learning import editing
from frontdesk.console.learning.phrases import normal
from frontdesk.domain.errors import DataFileError

HELD_OUT = settings.ROOT / "benchmarks" / "held_out"
MEASURED = ("messages", "intents")


@dataclass(frozen=True)
class Library:
    """A data folder, read once; every set holds phrases as ``normal`` makes them."""

    data: Path

    @cached_property
    def phrases(self) -> Mapping[str, list[str]]:
        """The phrases of every intent.

        Raises:
            DataFileError: a file is not laid out as a list of phrases.
        """
        return {path.stem: _phrases(path) for path in sorted((self.data / "nlu").glob("*.yml"))}

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The intent that each phrase stands under."""
        return {phrase: intent for intent, some in self.phrases.items() for phrase in some}

    @cached_property
    def words(self) -> Mapping[str, Mapping[str, set[str]]]:
        """By entity and value, the words that stand for it."""
        found: dict[str, dict[str, set[str]]] = {}
        for path in sorted((self.data / "vocabulary").glob("*.yml")):
            for value, entry in read_yaml(path, "vocabulary").items():
                found.setdefault(path.stem, {})[value] = _normals(entry.get("words"))
        for path in sorted((self.data / "treatments").glob("*.yml")):
            for value, entry in read_yaml(path, "treatments").items():
                called = _normals(entry.get("also_called"))
                found.setdefault("treatment", {})[value] = called
        return found

    @cached_property
    def treatment_files(self) -> Mapping[str, str]:
        """The file that each massage stands in."""
        return {
            value: path.name
            for path in sorted((self.data / "treatments").glob("*.yml"))
            for value in read_yaml(path, "treatments")
        }

    @cached_property
    def _conditions(self) -> Mapping[str, tuple[set[str], set[str]]]:
        """By condition, the messages that state it and those that only sound like it."""
        return {
            path.stem: (_normals(entry.get("examples")), _normals(entry.get("near_misses")))
            for path in sorted((self.data / "conditions").glob("*.yml"))
            for entry in read_yaml(path, "conditions").values()
        }

    def examples(self, condition: str) -> set[str]:
        """The messages that state a condition."""
        return self._conditions.get(condition, (set(), set()))[0]

    @cached_property
    def stating(self) -> Mapping[str, str]:
        """The condition that each whole message states."""
        return {one: name for name, (some, _) in self._conditions.items() for one in some}

    @cached_property
    def harmless(self) -> Mapping[str, str]:
        """The condition that each whole message only sounds like."""
        return {one: name for name, (_, some) in self._conditions.items() for one in some}


def held_out() -> frozenset[str]:
    """The messages that are kept for measuring and are never learned from."""
    found: list[str] = []
    for path in sorted(HELD_OUT.glob("*.yml")):
        content = YAML(typ="safe").load(read(path))
        for key in MEASURED:
            found += _texts(content.get(key))
    return frozenset(map(normal, found))


def read(path: Path) -> str:
    """A file's text."""
    return path.read_text(encoding="utf-8")


def _phrases(path: Path) -> list[str]:
    try:
        return [normal(one) for one in editing.phrases_of(read(path))]
    except (editing.NotThere, YAMLError) as error:
        problem = "must hold one intent with its phrases under 'examples: |'"
        raise DataFileError(str(path), problem) from error


def _texts(value: Any) -> list[str]:
    """The messages in a measuring set: bare, as ``text``, or by intent."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    if isinstance(value, dict):
        return _texts(value["text"]) if "text" in value else _texts(list(value.values()))
    return []


def _normals(values: Any) -> set[str]:
    return {normal(str(one)) for one in values or ()}
