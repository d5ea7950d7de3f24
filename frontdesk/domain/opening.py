"""When the clinic is open, and when it opens next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from frontdesk.domain.clinic import Clinic

WEEK = 7  # days after which the hours repeat


@dataclass(frozen=True, slots=True)
class Opening:
    """One stretch of a day in which somebody is there, in the clinic's time zone."""

    opens: datetime.datetime
    closes: datetime.datetime


def opening_at(clinic: Clinic, at: datetime.datetime) -> Opening | None:
    """The hours an instant falls into, none while the clinic is closed."""
    local = at.astimezone(ZoneInfo(clinic.time_zone))
    opening = _opening_on(clinic, local.date())
    return opening if opening and opening.opens <= local < opening.closes else None


def next_opening(clinic: Clinic, after: datetime.datetime) -> Opening | None:
    """The next hours that begin after an instant, none when the clinic never opens."""
    local = after.astimezone(ZoneInfo(clinic.time_zone))
    days = (local.date() + datetime.timedelta(days=ahead) for ahead in range(WEEK + 1))
    openings = (_opening_on(clinic, day) for day in days)
    return next((one for one in openings if one and one.opens > local), None)


def _opening_on(clinic: Clinic, day: datetime.date) -> Opening | None:
    hours = list(clinic.hours.values())[day.weekday()]
    if not hours:
        return None
    zone = ZoneInfo(clinic.time_zone)
    opens, closes = (
        datetime.datetime.combine(day, datetime.time.fromisoformat(clock), zone) for clock in hours
    )
    return Opening(opens, closes)
