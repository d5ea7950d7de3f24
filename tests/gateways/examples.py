"""Wishes, and the assistant's side of a real console."""

from __future__ import annotations

import datetime
import uuid

import pytest

from frontdesk import settings
from frontdesk.domain.booking import ForWhom, Kind, Slot, Wish, new_reference
from frontdesk.domain.condition import Verdict
from frontdesk.gateways.console_bookings import ConsoleBookings
from frontdesk.gateways.outbox import Outbox
from tests.stack import Stack

SOON = datetime.timedelta(days=2)
TREATMENT, MINUTES = "swedish", 60


def console_bookings(stack: Stack, outbox: Outbox) -> ConsoleBookings:
    with pytest.MonkeyPatch.context() as env:
        env.setenv("FRONTDESK_SECRET_KEY", stack.env["FRONTDESK_SECRET_KEY"])
        return ConsoleBookings(stack.site, settings.bookings_token(), outbox)


def free(bookings: ConsoleBookings, days: int = 60, limit: int = 2000) -> list[Slot]:
    after = datetime.datetime.now(datetime.timezone.utc) + SOON
    until = after + datetime.timedelta(days=days)
    return bookings.free(TREATMENT, MINUTES, after, until, limit)


def wish(starts_at: datetime.datetime) -> Wish:
    return Wish(
        treatment=TREATMENT,
        minutes=MINUTES,
        starts_at=starts_at,
        kind=Kind.APPOINTMENT,
        for_whom=ForWhom.SELF,
        contact_name="Sam Lee",
        phone="+12125550142",
        email="",
        verdict=Verdict.OK,
        reasons=(),
        conversation=uuid.uuid4().hex,
        reference=new_reference("Harbor Massage"),
    )
