"""What a message may mean: the intents, words and findings of the data folder, with their names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from frontdesk.clinical.loading import read_yaml
from frontdesk.console.conversations.labels import label
from frontdesk.console.conversations.panel import STATED
from frontdesk.console.learning.original import UNTAUGHT
from frontdesk.settings import data_folder

MARKED = ("pain_area", "pain_cause", "pressure")
TREATMENT = "treatment"
KINDS = {
    "pain_area": "Where it hurts",
    "pain_cause": "What brought it on",
    "pressure": "Pressure",
    TREATMENT: "Massage",
}
ASSERTIONS = STATED
SUBJECTS = {"client": "the client", "other": "somebody else"}
FLAG = "rf_"


def intents() -> dict[str, str]:
    """Every intent that phrases teach, with its name."""
    return _intents(data_folder())


def entities() -> dict[str, str]:
    """Everything that marked words can stand for, as ``entity:value`` with its name."""
    return _entities(data_folder())


def findings() -> dict[str, str]:
    """Every condition and red flag by its title, red flags first."""
    return _findings(data_folder())


def grouped_entities() -> list[tuple[str, list[tuple[str, str]]]]:
    """The same as ``entities``, by kind."""
    return [
        (title, [(key, name) for key, name in entities().items() if key.startswith(f"{kind}:")])
        for kind, title in KINDS.items()
    ]


def grouped_findings() -> list[tuple[str, list[tuple[str, str]]]]:
    """The same as ``findings``, red flags apart."""
    flags = [pair for pair in findings().items() if pair[0].startswith(FLAG)]
    rest = [pair for pair in findings().items() if not pair[0].startswith(FLAG)]
    return [("Red flags", flags), ("Conditions", rest)]


@cache
def _intents(folder: Path) -> dict[str, str]:
    names = {path.stem for path in (folder / "nlu").glob("*.yml")} - UNTAUGHT
    return {name: label(name) for name in sorted(names, key=label)}


@cache
def _entities(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for entity in MARKED:
        for value in read_yaml(folder / "vocabulary" / f"{entity}.yml", "vocabulary"):
            found[f"{entity}:{value}"] = str(value).replace("_", " ").capitalize()
    for path in sorted((folder / "treatments").glob("*.yml")):
        for value in read_yaml(path, "treatments"):
            found[f"{TREATMENT}:{value}"] = label(str(value))
    return found


@cache
def _findings(folder: Path) -> dict[str, str]:
    names = [path.stem for path in (folder / "conditions").glob("*.yml")]
    in_order = sorted(names, key=lambda name: (not name.startswith(FLAG), label(name)))
    return {name: label(name) for name in in_order}
