"""Bookings of ninety days, for the figures to count."""

from __future__ import annotations

import datetime
import random

from benchmarks.console.crowd import DAYS

MANY = 6_000
TREATMENTS = ("swedish", "deep_tissue", "sports", "hot_stone", "trigger_point")


def book() -> None:
    """Add bookings unless there are some."""
    from django.utils import timezone

    from frontdesk.console.bookings.models import Appointment, Room, Therapist

    if Appointment.objects.exists():
        return
    chance, now = random.Random(2), timezone.now()
    therapist = Therapist.objects.create(name="Bench", skills=list(TREATMENTS))
    room, _ = Room.objects.get_or_create(name="Garden room")
    rows = []
    for number in range(MANY):
        starts_at = now - datetime.timedelta(minutes=chance.randrange(DAYS * 1440))
        is_held = chance.random() < 0.85
        rows.append(
            Appointment(
                reference=f"HM-{number:05}",
                kind="appointment",
                status="booked" if is_held else "cancelled",
                treatment=chance.choice(TREATMENTS),
                minutes=60,
                starts_at=starts_at,
                ends_at=starts_at + datetime.timedelta(hours=1),
                therapist=therapist,
                room=room,
                first_cell=number * 5 if is_held else None,
                end_cell=number * 5 + 5 if is_held else None,
                for_whom="self",
                contact_name="Robin Reed",
                phone="+12125550177",
                verdict="ok",
                conversation=f"booking-{number}",
            )
        )
    Appointment.objects.bulk_create(rows, batch_size=100)
    # the day of each is set when it is saved: they were not all made today
    for day in range(DAYS):
        some = Appointment.objects.filter(pk__in=[row.pk for row in rows[day::DAYS]])
        some.update(created_at=now - datetime.timedelta(days=day))
