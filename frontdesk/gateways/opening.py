"""Times at which the clinic is open, for booking systems that do not tell which are free."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

from frontdesk.domain.booking import Slot
from frontdesk.domain.clinic import Clinic

STEP = datetime.timedelta(minutes=30)


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
