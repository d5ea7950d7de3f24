"""What the pages show, read from the data folder once and kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import HttpRequest

from frontdesk.clinical.clinic import load_clinic, load_library
from frontdesk.clinical.loading import entries
from frontdesk.domain.claim import Claim, Library, in_reading_order
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import DataFileError
from frontdesk.domain.treatment import Treatment
from frontdesk.settings import data_folder

PRESSURES = ("light", "medium", "firm")
SERIOUS_INJURY = "B23"  # the one limit that belongs to no single treatment


@dataclass(frozen=True, slots=True)
class Limit:
    """Someone a massage is not for, and the article that says so."""

    claim: Claim
    article: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything the pages show."""

    clinic: Clinic
    treatments: tuple[Treatment, ...]
    limits: tuple[Limit, ...]

    def hours(self) -> list[tuple[str, str]]:
        """The week as (days, times), worded as the assistant words it."""
        return [_pair(line) for line in self.clinic.hours_in_words().splitlines()]

    def prices(self) -> list[tuple[str, str]]:
        """The price list as (length, price), worded as the assistant words it."""
        return [_pair(line) for line in self.clinic.prices_in_words().splitlines()]

    def facts(self, *names: str) -> list[str]:
        """The clinic's sentences of these names, as far as it wrote them."""
        return [self.clinic.facts[name] for name in names if name in self.clinic.facts]


def content() -> Content:
    """What the pages show now.

    Raises:
        DataFileError: naming the file, entry and key of what is wrong.
    """
    return _read(data_folder())


@cache
def _read(folder: Path) -> Content:
    every = entries(folder / "treatments", Treatment).values()
    covered = sorted((t for t in every if t.covered), key=_by_pressure)
    library = load_library(folder)
    return Content(load_clinic(folder), tuple(covered), _limits(folder, covered, library))


def _by_pressure(treatment: Treatment) -> tuple[list[int], str]:
    known = [PRESSURES.index(p) for p in treatment.pressures if p in PRESSURES]
    return known, treatment.title


def _limits(folder: Path, covered: list[Treatment], library: Library) -> tuple[Limit, ...]:
    named = {SERIOUS_INJURY}
    for treatment in covered:
        named.update(*(treatment.not_for or {}).values())
    missing = sorted(named - set(library.claims))
    if missing:
        raise DataFileError(str(folder / "claims"), "is missing; a limit rests on it", missing[0])
    claims = (library.claims[name] for name in in_reading_order(named))
    return tuple(Limit(claim, library.articles[claim.article].title) for claim in claims)


def _pair(line: str) -> tuple[str, str]:
    name, _, value = line.removeprefix("- ").partition(": ")
    return name, value


def clinic_facts(request: HttpRequest) -> dict[str, object]:
    """The clinic for every template, the page for what is not there among them."""
    return {"clinic": content().clinic}
