"""Strict reading of the health conditions and red flags of ``data/conditions/``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from frontdesk.clinical.loading import entries
from frontdesk.clinical.modifiers import check_unrepeated
from frontdesk.domain.condition import Condition
from frontdesk.domain.errors import DataFileError
from frontdesk.domain.treatment import Treatment

LISTS = ("words", "maybe", "near", "capitals", "unless", "hints", "examples", "near_misses")
FLAG = "rf_"  # how the id of a red flag begins


def load_conditions(data: Path) -> dict[str, Condition]:
    """Every entry by id.

    Raises:
        DataFileError: naming file, entry and key: an unknown or missing key, an empty list, a
            phrase written twice, an id of a treatment or entry that there is none of, a file
            named otherwise than its entry.
    """
    folder = data / "conditions"
    found = entries(folder, Condition)
    treatments = entries(data / "treatments", Treatment)
    for name, condition in found.items():
        path = folder / f"{name}.yml"
        if not path.exists():
            raise DataFileError(str(folder), "is not in a file of its own name", name)
        for key in LISTS:
            check_unrepeated(path, name, key, getattr(condition, key))
        _check_known(path, name, "affects", condition.affects, treatments)
        _check_known(path, name, "actions", condition.actions, treatments)
        _check_known(path, name, "implies", condition.implies, found)
        _check_known(path, name, "explained_by", condition.explained_by, found)
        _check_known(path, name, "joins", condition.joins, found)
        _check_known(path, name, "joins_asking", condition.joins_asking, found)
        _check_known(path, name, "when_past", filter(None, [condition.when_past]), found)
        if name.startswith(FLAG) != condition.is_red_flag:
            problem = f"a red flag, and nothing else, has an id in {FLAG} and an urgency"
            raise DataFileError(str(path), problem, name, "urgency")
    return found


def _check_known(
    path: Path, entry: str, key: str, names: Iterable[str], known: Mapping[str, object]
) -> None:
    for name in names:
        if name not in known:
            raise DataFileError(str(path), f"there is no '{name}'", entry, key)
