"""Strict reading of this clinic's own facts and of the articles its answers rest on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from frontdesk.clinical.loading import entries, read_yaml, structure
from frontdesk.domain.claim import Article, Claim, Library
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import DataFileError

WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ARTICLES = "articles"
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PHONE_LINK = re.compile(r"tel:\+?\d[\d-]*")


def load_clinic(data_folder: Path) -> Clinic:
    """Read every fact about the clinic from the files of ``clinic/``.

    Raises:
        DataFileError: naming the file and the key that is missing, unknown, doubled or wrong.
    """
    folder = data_folder / "clinic"
    kinds: dict[str, Any] = get_type_hints(Clinic)
    facts: dict[str, Any] = {}
    for name, (path, raw) in _sections(folder).items():
        if name == ARTICLES:
            continue
        if name not in kinds:
            raise DataFileError(str(path), "unknown key; correct or remove it", name)
        facts[name] = _fact(path, name, raw, kinds[name])
    for field in fields(Clinic):
        if field.name not in facts:
            raise DataFileError(str(folder), "is missing; write it in one of the files", field.name)
    return Clinic(**facts)


def load_library(data_folder: Path) -> Library:
    """Read the articles and what they say, each claim tied to an article we have.

    Raises:
        DataFileError: naming the file and the entry that is wrong.
    """
    sections = _sections(data_folder / "clinic")
    if ARTICLES not in sections:
        raise DataFileError(str(data_folder / "clinic"), "is missing; name the articles", ARTICLES)
    path, raw = sections[ARTICLES]
    articles = structure(path, ARTICLES, raw, Mapping[str, Article])  # type: ignore[type-abstract]
    folder = data_folder / "claims"
    claims = entries(folder, Claim)
    for name, claim in claims.items():
        if claim.article not in articles:
            problem = f"'{claim.article}' is no article of {path.name}"
            raise DataFileError(str(_home(folder, name)), problem, name, "article")
    return Library(articles, claims)


def _sections(folder: Path) -> dict[str, tuple[Path, Any]]:
    """Each key under ``clinic:`` with the one file it is written in."""
    found: dict[str, tuple[Path, Any]] = {}
    for path in sorted(folder.glob("*.yml")):
        for name, raw in read_yaml(path, "clinic").items():
            if name in found:
                problem = f"also written in {found[name][0].name}; keep one"
                raise DataFileError(str(path), problem, str(name))
            if raw in (None, "", {}, []):
                raise DataFileError(str(path), "is empty; fill it or remove the key", str(name))
            found[str(name)] = (path, raw)
    if not found:
        raise DataFileError(str(folder), "no .yml file here")
    return found


def _fact(path: Path, name: str, raw: Any, kind: Any) -> Any:
    if name == "hours":
        return _week(path, raw)
    value = structure(path, name, raw, kind)
    if name == "time_zone" and not _is_time_zone(value):
        problem = "is no time zone; America/New_York or Europe/London, for instance"
        raise DataFileError(str(path), problem, name)
    if name == "phone_link" and not _PHONE_LINK.fullmatch(value):
        problem = "must start with tel: and go on with digits, tel:+12125550148 for instance"
        raise DataFileError(str(path), problem, name)
    if name == "prices" and min((*value, *value.values())) < 1:
        raise DataFileError(str(path), "minutes and prices must be 1 or more", name)
    return value


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _week(path: Path, raw: Any) -> dict[str, tuple[str, ...]]:
    """The opening hours, each day written, closed ones as an empty list."""
    days = list(raw) if isinstance(raw, dict) else []
    if tuple(days) != WEEK:
        wrong = next((str(day) for day, due in zip(days, WEEK, strict=False) if day != due), "")
        raise DataFileError(str(path), "name Monday to Sunday, in this order", "hours", wrong)
    opened = {day: times for day, times in raw.items() if times != []}
    kind = Mapping[str, tuple[str, ...]]
    week = structure(path, "hours", opened, kind)  # type: ignore[type-abstract]
    for day, times in week.items():
        _check_times(path, day, times)
    return {day: week.get(day, ()) for day in WEEK}


def _check_times(path: Path, day: str, times: tuple[str, ...]) -> None:
    if len(times) != 2 or not all(map(_CLOCK.fullmatch, times)):
        problem = 'write two times like ["09:00", "19:00"], or [] when closed'
        raise DataFileError(str(path), problem, "hours", day)
    if times[0] >= times[1]:
        raise DataFileError(str(path), "closes before it opens; correct one", "hours", day)


def _home(folder: Path, name: str) -> Path:
    """The file an entry is written in."""
    files = sorted(folder.glob("*.yml"))
    return next((path for path in files if name in read_yaml(path, folder.name)), folder)
