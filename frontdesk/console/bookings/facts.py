"""What the data folder says about booking: what is offered, when it is open, what it is called."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from frontdesk.clinical.contacts import region_of
from frontdesk.clinical.loading import entries
from frontdesk.console.selectors import content
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.opening import opening_at
from frontdesk.domain.treatment import Treatment
from frontdesk.settings import data_folder


def clinic() -> Clinic:
    """The clinic, as its pages show it."""
    return content().clinic


def zone() -> ZoneInfo:
    """The clinic's time zone."""
    return ZoneInfo(clinic().time_zone)


def region() -> str:
    """The country whose phone numbers need no prefix."""
    return region_of(clinic().phone_link)


def is_open(at: datetime.datetime) -> bool:
    """Whether somebody is at the clinic then."""
    return opening_at(clinic(), at) is not None


def own() -> tuple[str, ...]:
    """What is the clinic's own and may be read by everybody."""
    here = clinic()
    return (here.name, here.phone, here.email, here.address)


def offered() -> dict[str, Treatment]:
    """The massages one can book, by id."""
    return _offered(data_folder())


@cache
def _offered(folder: Path) -> dict[str, Treatment]:
    every = entries(folder / "treatments", Treatment)
    return {name: treatment for name, treatment in sorted(every.items()) if treatment.covered}


def lengths() -> frozenset[int]:
    """The minutes a session may last."""
    return frozenset(clinic().prices)


def offered_title(treatment: str) -> str:
    """A massage's name; its id when it is no longer offered."""
    known = offered().get(treatment)
    return known.title if known else treatment.replace("_", " ").capitalize()
