"""Who is free when, worked out from hours, closures and what is held."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_
from zoneinfo import ZoneInfo

from frontdesk.console.bookings import cells
from frontdesk.domain.clinic import Clinic

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """A therapist's hours on one weekday, in minutes after midnight."""

    therapist: int
    weekday: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days, the last included, on which one therapist or (``None``) nobody works."""

    therapist: int | None
    first: datetime.date
    last: datetime.date


# A therapist, a room, and their quarter hours that are taken: the first and the one after the last.
# Plain tuples, as the database hands them over: thousands are read for one search.
Held = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Days:
    """A clinic's local days in a row, and where each of their quarter hours is."""

    first: datetime.date
    count: int
    zone: ZoneInfo

    @property
    def start(self) -> int:
        """The quarter hour that is bit 0."""
        return cells.local_cell(self.zone, self.first, 0)

    @property
    def end(self) -> int:
        """The first quarter hour after the last day."""
        return cells.local_cell(self.zone, self.first + self.count * DAY, 0)

    def each(self) -> Iterator[datetime.date]:
        """Day after day."""
        return (self.first + number * DAY for number in range(self.count))

    def bits(self, day: datetime.date, starts: int = 0, ends: int = 24 * 60) -> int:
        """The quarter hours between two times of a day, in minutes after midnight."""
        begin = cells.local_cell(self.zone, day, starts)
        end = cells.local_cell(self.zone, day, ends, up=False)
        return cells.stretch(begin - self.start, end - self.start)

    def on_the_half_hour(self) -> int:
        """The quarter hours that begin at :00 or :30 local time."""
        return reduce(or_, (_every_other(self.bits(day)) for day in self.each()), 0)


def _every_other(bits: int) -> int:
    """Of a row of bits, the first, the third and so on."""
    if not bits:
        return 0
    low = (bits & -bits).bit_length() - 1
    length = bits.bit_length() - low
    pairs = (length + 1) // 2
    return ((1 << 2 * pairs) // 3) << low


def opening(clinic: Clinic) -> dict[int, tuple[int, int]]:
    """The minutes after midnight between which the clinic is open, by weekday."""
    return {
        number: (_minute(times[0]), _minute(times[1]))
        for number, times in enumerate(clinic.hours.values())
        if times
    }


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def working(
    days: Days,
    open_hours: Mapping[int, tuple[int, int]],
    shifts: Iterable[Shift],
    closures: Sequence[DaysOff],
) -> dict[int, int]:
    """When each therapist works while the clinic is open."""
    patterns: dict[tuple[int, int, int], int] = {}
    found: dict[int, int] = {}
    for shift in shifts:
        if shift.weekday not in open_hours:
            continue
        opens, closes = open_hours[shift.weekday]
        pattern = (shift.weekday, max(opens, shift.starts), min(closes, shift.ends))
        if pattern not in patterns:
            patterns[pattern] = _weekly(days, *pattern)
        found[shift.therapist] = found.get(shift.therapist, 0) | patterns[pattern]
    for closure in closures:
        off = _off(days, closure)
        for who in found if closure.therapist is None else [closure.therapist]:
            found[who] = found.get(who, 0) & ~off
    return found


def _weekly(days: Days, weekday: int, starts: int, ends: int) -> int:
    dates = (day for day in days.each() if day.weekday() == weekday)
    return reduce(or_, (days.bits(day, starts, ends) for day in dates), 0)


def _off(days: Days, closure: DaysOff) -> int:
    within = (day for day in days.each() if closure.first <= day <= closure.last)
    return reduce(or_, map(days.bits, within), 0)


@dataclass(frozen=True)
class Timetable:
    """The days of those who can give one treatment: what they work and what is taken."""

    days: Days
    working: Mapping[int, int]
    rooms: Sequence[int]
    held: Sequence[Held]

    @cached_property
    def _taken(self) -> tuple[dict[int, int], dict[int, int]]:
        by_therapist: dict[int, int] = {}
        by_room: dict[int, int] = {}
        start = self.days.start
        for therapist, room, first, end in self.held:
            bits = cells.stretch(first - start, end - start)
            by_therapist[therapist] = by_therapist.get(therapist, 0) | bits
            by_room[room] = by_room.get(room, 0) | bits
        return by_therapist, by_room

    def open_starts(self, length: int) -> int:
        """Where somebody works long enough, whether taken or not."""
        worked = (cells.runs(bits, length) for bits in self.working.values())
        return reduce(or_, worked, 0) & self.days.on_the_half_hour()

    def starts(self, length: int, turnover: int) -> tuple[dict[int, int], dict[int, int]]:
        """Where each therapist and each room is free long enough, the turnover after it too."""
        by_therapist, by_room = self._taken
        whole = length + turnover
        # beyond the last day nothing is looked at: what is held there cannot be taken twice anyway
        everything = (1 << (self.days.end - self.days.start + whole)) - 1
        half_hours = self.days.on_the_half_hour()
        therapists = {
            who: cells.runs(bits, length)
            & cells.runs(everything & ~by_therapist.get(who, 0), whole)
            & half_hours
            for who, bits in self.working.items()
        }
        rooms = {room: cells.runs(everything & ~by_room.get(room, 0), whole) for room in self.rooms}
        return therapists, rooms

    def by_load(self, day: datetime.date) -> list[int]:
        """The therapists, the one with the least to do that day first."""
        by_therapist, _ = self._taken
        bits = self.days.bits(day)
        low = (bits & -bits).bit_length() - 1 if bits else 0
        mask = bits >> low
        load = {who: ((by_therapist.get(who, 0) >> low) & mask).bit_count() for who in self.working}
        return sorted(self.working, key=lambda who: (load[who], who))
