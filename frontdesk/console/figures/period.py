"""The days that figures are about: the clinic's own, today the last of them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from frontdesk.console.bookings import facts

LENGTHS = (7, 30, 90)
USUAL = 30


@dataclass(frozen=True, slots=True)
class Period:
    """So many days up to and with ``last``."""

    length: int
    last: datetime.date
    zone: ZoneInfo

    @classmethod
    def read(cls, given: str) -> Period:
        """The period an address asks for; the usual one when it asks for none that there is."""
        length = int(given) if given in map(str, LENGTHS) else USUAL
        zone = facts.zone()
        return cls(length, timezone.now().astimezone(zone).date(), zone)

    @property
    def days(self) -> list[datetime.date]:
        """Each day, the first one first."""
        return [self.last - datetime.timedelta(days=n) for n in range(self.length)][::-1]

    @property
    def begins(self) -> datetime.datetime:
        """The moment with which the first day begins."""
        return self.midnight(self.days[0])

    @property
    def ends(self) -> datetime.datetime:
        """The moment with which the last day ends."""
        return self.midnight(self.last + datetime.timedelta(days=1))

    @property
    def span(self) -> tuple[datetime.datetime, datetime.datetime]:
        """From the first moment up to the last one that a database can tell from the next day's."""
        return self.begins, self.ends - datetime.timedelta(microseconds=1)

    def midnight(self, day: datetime.date) -> datetime.datetime:
        """When a day begins where the clinic is."""
        return datetime.datetime.combine(day, datetime.time(), self.zone)

    def day_of(self, at: datetime.datetime) -> datetime.date:
        """The clinic's day on which something happened."""
        return at.astimezone(self.zone).date()
