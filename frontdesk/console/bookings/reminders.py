"""Reminds visitors of an appointment, once."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone

from frontdesk.console.bookings import letters
from frontdesk.console.bookings.models import Appointment

SOONEST, LATEST = datetime.timedelta(hours=24), datetime.timedelta(hours=48)


def remind() -> int:
    """Write a reminder for each appointment in the next 24 to 48 hours; how many there were."""
    now = timezone.now()
    due = Appointment.objects.filter(
        status=Appointment.Status.BOOKED,
        starts_at__gte=now + SOONEST,
        starts_at__lt=now + LATEST,
        reminded_at=None,
    ).exclude(email="")
    return sum(_remind(one) for one in due.select_related("therapist"))


def _remind(appointment: Appointment) -> bool:
    mine = Appointment.objects.filter(
        pk=appointment.pk,
        reminded_at=None,
        status=Appointment.Status.BOOKED,
        starts_at=appointment.starts_at,
    )
    with transaction.atomic():
        if not mine.update(reminded_at=timezone.now()):
            return False  # somebody else was faster, or it was moved or called off
        letters.remind(appointment)
    return True
