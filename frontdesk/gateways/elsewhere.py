"""What all booking systems have in common that tell us nothing back."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from frontdesk.domain.booking import Booking, Bookings, BookingUnavailable, Proof, Slot
from frontdesk.domain.clinic import Clinic

STEP = datetime.timedelta(minutes=30)


class Elsewhere(Bookings):
    """Visits are kept by another system: we know when the clinic is open, and no more."""

    def __init__(self, clinic: Clinic) -> None:
        self._clinic = clinic

    def free(
        self,
        treatment: str,
        minutes: int,
        after: datetime.datetime,
        until: datetime.datetime,
        limit: int = 3,
    ) -> list[Slot]:
        """Times at which the clinic is open (see Bookings)."""
        return open_times(self._clinic, minutes, after, until, limit)

    def find(self, reference: str, proof: Proof) -> Booking:
        """Only the other system knows (see Bookings)."""
        raise BookingUnavailable("visits are kept by another system")

    def move(self, reference: str, proof: Proof, to: datetime.datetime, key: str) -> Booking:
        """Only the other system can (see Bookings)."""
        return self.find(reference, proof)

    def cancel(self, reference: str, proof: Proof, key: str) -> Booking:
        """Only the other system can (see Bookings)."""
        return self.find(reference, proof)


def open_times(
    clinic: Clinic,
    minutes: int,
    after: datetime.datetime,
    until: datetime.datetime,
    limit: int,
) -> list[Slot]:
    """The first half-hours from which a visit of a length fits into the opening hours."""
    zone = ZoneInfo(clinic.time_zone)
    hours = list(clinic.hours.values())
    day, last = after.astimezone(zone).date(), until.astimezone(zone).date()
    found: list[Slot] = []
    while day <= last and len(found) < limit:
        week = hours[day.weekday()]
        if week:
            opens, closes = (
                datetime.datetime.combine(day, datetime.time.fromisoformat(one), zone)
                for one in week
            )
            at = opens
            while at + datetime.timedelta(minutes=minutes) <= closes and len(found) < limit:
                if after <= at <= until:
                    found.append(Slot(at, minutes, ""))
                at += STEP
        day += datetime.timedelta(days=1)
    return found
