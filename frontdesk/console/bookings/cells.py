"""Time in quarter hours: an instant is a number, a stretch of time a row of bits."""

from __future__ import annotations

import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTES = 15
SECONDS = MINUTES * 60


def cell_of(instant: datetime.datetime) -> int:
    """The quarter hour an instant lies in, counted from 1970 in UTC."""
    return int(instant.timestamp() // SECONDS)


def next_cell(instant: datetime.datetime) -> int:
    """The first quarter hour that does not begin before an instant."""
    return int(-(-instant.timestamp() // SECONDS))


def instant_of(cell: int, zone: datetime.tzinfo) -> datetime.datetime:
    """When a quarter hour begins, in a time zone."""
    return datetime.datetime.fromtimestamp(cell * SECONDS, zone)


def how_many(minutes: int) -> int:
    """The quarter hours that so many minutes touch."""
    return -(-minutes // MINUTES)


@lru_cache(maxsize=65536)
def local_cell(zone: ZoneInfo, day: datetime.date, minute: int, *, up: bool = True) -> int:
    """The quarter hour of a local time of day, ``minute`` after midnight, on whatever side of DST.

    A time between two quarter hours is rounded ``up``, or down.
    """
    past, minute = divmod(minute, 24 * 60)
    clock = datetime.time(minute // 60, minute % 60)
    local = datetime.datetime.combine(day + datetime.timedelta(past), clock, zone)
    return next_cell(local) if up else cell_of(local)


def stretch(start: int, end: int) -> int:
    """The bits from ``start`` up to, not including, ``end``; none when it ends before it starts."""
    start = max(start, 0)
    return ((1 << (end - start)) - 1) << start if end > start else 0


def runs(free: int, length: int) -> int:
    """Where ``length`` free bits follow each other: a bit for each start."""
    have = 1
    while have < length:
        step = min(have, length - have)
        free &= free >> step
        have += step
    return free


def each(bits: int) -> list[int]:
    """The numbers of the bits that are set, lowest first."""
    written = bin(bits)[:1:-1]
    found: list[int] = []
    place = written.find("1")
    while place >= 0:
        found.append(place)
        place = written.find("1", place + 1)
    return found
