"""Writes the e-mails about an appointment; they are sent later, from the outbox."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import timezone

from frontdesk.clinical.loading import read_yaml, structure
from frontdesk.console.bookings import calendars, facts
from frontdesk.console.bookings.models import Appointment, Letter

WORDS = Path(__file__).with_name("letters.yml")
REMINDER = "reminder"


@dataclass(frozen=True, slots=True)
class Words:
    """What one kind of letter says around the facts of the appointment."""

    subject: str
    opening: str
    closing: str


@cache
def words() -> dict[str, Words]:
    """The words of every kind of letter, ``visitor_moved`` or ``clinic_moved`` for instance.

    Raises:
        DataFileError: naming what is wrong in the file.
    """
    raw = read_yaml(WORDS, "letters")
    return {name: structure(WORDS, name, value, Words) for name, value in raw.items()}


def write(appointment: Appointment, event: str, *, by_visitor: bool) -> None:
    """Put the letters about something that happened into the outbox, within its transaction."""
    if appointment.email:
        _put(appointment, f"visitor_{event}", appointment.email)
    if by_visitor:
        _put(appointment, f"clinic_{event}", facts.clinic().email)


def remind(appointment: Appointment) -> None:
    """Put a reminder into the outbox."""
    _put(appointment, f"visitor_{REMINDER}", appointment.email)


def _put(appointment: Appointment, name: str, to: str) -> None:
    clinic = facts.clinic()
    told = words()[name]
    shown = {
        "opening": told.opening.format(clinic=clinic.name, phone=clinic.phone),
        "closing": told.closing.format(clinic=clinic.name, phone=clinic.phone),
        "appointment": appointment,
        "treatment": facts.offered_title(appointment.treatment),
        "when": in_words(appointment.starts_at),
        "clinic": clinic,
    }
    Letter.objects.create(
        appointment=appointment,
        to=to,
        subject=told.subject.format(clinic=clinic.name, reference=appointment.reference),
        text=render_to_string("bookings/letter.txt", shown),
        html=render_to_string("bookings/letter.html", shown),
        calendar=calendars.written(appointment),
        method=calendars.method(appointment),
        due_at=timezone.now(),
    )


def in_words(instant: datetime.datetime) -> str:
    """A time as one says it where the clinic is: Monday, December 7, 2026 at 2:30 pm."""
    local = instant.astimezone(facts.zone())
    clock = f"{(local.hour - 1) % 12 + 1}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}"
    return f"{local:%A, %B} {local.day}, {local.year} at {clock}"
