"""Names for people of what Rasa and the data folder call by an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from frontdesk.clinical.loading import entries, read_yaml
from frontdesk.domain.treatment import Treatment
from frontdesk.settings import data_folder

SPOKEN = {"nlu_fallback": "Not understood"}


def label(name: str) -> str:
    """A condition's, treatment's or intent's name as staff say it."""
    known = _titles(data_folder()).get(name) or SPOKEN.get(name)
    return known or name.replace("_", " ").capitalize()


def labeled(values: Mapping[str, Iterable[str]]) -> dict[str, list[tuple[str, str]]]:
    """Values by kind, each with its name, in the order of the names."""
    return {
        kind: sorted(((one, label(one)) for one in some), key=lambda pair: pair[1])
        for kind, some in values.items()
    }


@cache
def _titles(folder: Path) -> dict[str, str]:
    treatments = entries(folder / "treatments", Treatment)
    titles = {name: one.title for name, one in treatments.items()}
    # their titles alone: whoever reads messages checks the rest
    for path in sorted((folder / "conditions").glob("*.yml")):
        for name, entry in read_yaml(path, "conditions").items():
            titles[name] = str(entry["title"])
    return titles
