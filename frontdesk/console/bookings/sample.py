"""Puts a sample team into an empty clinic."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from frontdesk.clinical.clinic import WEEK
from frontdesk.clinical.loading import read_yaml, structure
from frontdesk.console.bookings import facts
from frontdesk.console.bookings.models import Room, Therapist, WorkingHours

FILE = Path(__file__).with_name("sample.yml")


@dataclass(frozen=True, slots=True)
class Member:
    """A therapist of the sample: skills, and hours by day."""

    skills: tuple[str, ...]
    hours: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sample:
    """A team and its rooms."""

    rooms: tuple[str, ...]
    therapists: Mapping[str, Member]


def sample() -> Sample:
    """The sample as it is written.

    Raises:
        DataFileError: naming what is wrong in the file.
    """
    return structure(FILE, "sample", read_yaml(FILE, "sample"), Sample)


@transaction.atomic
def seed() -> int:
    """Add who and what of the sample is not there yet; how many therapists were added."""
    ours = sample()
    for name in ours.rooms:
        Room.objects.get_or_create(name=name)
    return sum(_add(name, member) for name, member in ours.therapists.items())


def _add(name: str, member: Member) -> bool:
    skills = [skill for skill in member.skills if skill in facts.offered()]
    therapist, is_new = Therapist.objects.get_or_create(name=name, defaults={"skills": skills})
    if is_new:
        WorkingHours.objects.bulk_create(
            WorkingHours(
                therapist=therapist,
                weekday=WEEK.index(day),
                starts=datetime.time.fromisoformat(starts),
                ends=datetime.time.fromisoformat(ends),
            )
            for day, (starts, ends) in member.hours.items()
        )
    return is_new
