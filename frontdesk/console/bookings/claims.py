"""Taking a time and giving it back; the database decides who was first."""

from __future__ import annotations

import datetime

from django.db import IntegrityError, transaction

from frontdesk.console.bookings import cells, selectors
from frontdesk.console.bookings.models import Appointment, Claim
from frontdesk.console.bookings.selectors import Place
from frontdesk.domain.booking import NotOpen, SlotTaken

MOST_ATTEMPTS = 8  # a place taken between looking and claiming: look again, this often


def take(appointment: Appointment, starts_at: datetime.datetime) -> None:
    """Keep a time for an appointment, with whoever is free; call it inside a transaction.

    Raises:
        SlotTaken: everybody who works then is taken.
    """
    treatment, minutes = appointment.treatment, appointment.minutes
    before, mine = appointment.pk, appointment.therapist_id
    for _ in range(MOST_ATTEMPTS):
        found = selectors.places(treatment, minutes, starts_at, besides=before)
        if not found:
            break
        place = next((one for one in found if one.therapist == mine), found[0])
        try:
            with transaction.atomic():
                _claim(appointment, starts_at, place)
        except IntegrityError:
            appointment.pk = before  # what was stored is undone, and with it the new one's number
            appointment._state.adding = before is None
            continue
        return
    raise SlotTaken()


def check(
    treatment: str, minutes: int, starts_at: datetime.datetime, besides: int | None = None
) -> None:
    """Say early, and without waiting for anyone, that a time cannot be had.

    Most of those who come too late for a time learn it here.

    Raises:
        NotOpen: nobody works then, or it is past.
        SlotTaken: everybody who works then is taken.
    """
    if not selectors.is_open(treatment, minutes, starts_at):
        raise NotOpen(selectors.next_slots(treatment, minutes, starts_at))
    if not selectors.places(treatment, minutes, starts_at, besides):
        raise SlotTaken(selectors.next_slots(treatment, minutes, starts_at))


def release(appointment: Appointment) -> None:
    """Give the time of an appointment back; the caller stores the appointment."""
    appointment.claims.all().delete()
    appointment.first_cell = appointment.end_cell = None


def _claim(appointment: Appointment, starts_at: datetime.datetime, place: Place) -> None:
    first = cells.cell_of(starts_at)
    end = first + cells.how_many(appointment.minutes) + selectors.turnover()
    appointment.starts_at = starts_at
    appointment.ends_at = starts_at + datetime.timedelta(minutes=appointment.minutes)
    appointment.therapist_id, appointment.room_id = place.therapist, place.room
    appointment.first_cell, appointment.end_cell = first, end
    appointment.save()
    # everybody claims in the same order, rooms first, so that nobody waits in a circle
    wanted = ((Claim.Resource.ROOM, place.room), (Claim.Resource.THERAPIST, place.therapist))
    Claim.objects.bulk_create(
        Claim(appointment=appointment, kind=kind, resource=resource, cell=cell)
        for kind, resource in wanted
        for cell in range(first, end)
    )
