"""Which times are free."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from frontdesk.console.bookings import cells, facts, timetable
from frontdesk.console.bookings.models import Appointment, Closure, Room, WorkingHours
from frontdesk.console.bookings.timetable import Days, DaysOff, Shift, Timetable
from frontdesk.domain.booking import Slot

LEAD = datetime.timedelta(hours=2)  # nothing is offered sooner than this
GRACE = datetime.timedelta(minutes=30)  # what was offered may still be taken a little later
HORIZON = datetime.timedelta(days=180)  # nothing is offered further ahead
FIRST_LOOK = 7  # days looked at when a few times are wanted
FEW = 20
NEXT = 3  # times offered instead of one that is taken
NEXT_WITHIN = datetime.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Team:
    """Those who give one treatment, the rooms, and the days off."""

    names: dict[int, str]
    shifts: tuple[Shift, ...]
    rooms: tuple[int, ...]
    closures: tuple[DaysOff, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A therapist and a room that are both free."""

    therapist: int
    room: int


def free_slots(
    treatment: str,
    minutes: int,
    after: datetime.datetime,
    until: datetime.datetime,
    limit: int = NEXT,
) -> list[Slot]:
    """The first free times that begin from ``after`` up to, not including, ``until``."""
    now = timezone.now()
    begin, end = max(after, now + LEAD), min(until, now + HORIZON)
    if begin >= end or limit < 1:
        return []
    team = team_for(treatment)
    found: list[Slot] = []
    for days in _looks(begin, end, is_short=limit <= FEW):
        table = _timetable(team, days)
        first, last = cells.next_cell(begin), cells.next_cell(end)
        found += _slots(table, team, minutes, first, last, limit - len(found))
        if len(found) >= limit:
            break
    return found


def next_slots(treatment: str, minutes: int, wished: datetime.datetime) -> list[Slot]:
    """The free times nearest after one that cannot be had."""
    begin = max(wished, timezone.now())
    return free_slots(treatment, minutes, begin, begin + NEXT_WITHIN, NEXT)


def is_open(treatment: str, minutes: int, starts_at: datetime.datetime) -> bool:
    """Whether somebody works then, early enough from now, taken or not."""
    now = timezone.now()
    if not now + LEAD - GRACE <= starts_at < now + HORIZON:
        return False
    cell = cells.cell_of(starts_at)
    if cells.next_cell(starts_at) != cell:
        return False
    table = _timetable(team_for(treatment), _day_of(starts_at))
    return bool(table.open_starts(cells.how_many(minutes)) >> (cell - table.days.start) & 1)


def places(
    treatment: str, minutes: int, starts_at: datetime.datetime, besides: int | None = None
) -> list[Place]:
    """Who could do it and where, at one time; the best choice first.

    What the appointment ``besides`` holds counts as free: it is the one that moves.
    """
    table = _timetable(team_for(treatment), _day_of(starts_at), besides)
    therapists, rooms = table.starts(cells.how_many(minutes), turnover())
    bit = cells.cell_of(starts_at) - table.days.start
    free = [room for room, bits in rooms.items() if bits >> bit & 1]
    able = [who for who in table.by_load(table.days.first) if therapists[who] >> bit & 1]
    return [Place(who, room) for who in able for room in free]


def turnover() -> int:
    """The quarter hours kept free after each appointment."""
    return cells.how_many(settings.TURNOVER_MINUTES)


def team_for(treatment: str) -> Team:
    """Those who work here and have learned a treatment."""
    names: dict[int, str] = {}
    shifts: list[Shift] = []
    rows = WorkingHours.objects.filter(therapist__is_active=True).values_list(
        "therapist_id", "therapist__name", "therapist__skills", "weekday", "starts", "ends"
    )
    for who, name, skills, weekday, starts, ends in rows:
        if treatment in skills:
            names[who] = name
            shifts.append(Shift(who, weekday, _minute(starts), _minute(ends)))
    rooms = Room.objects.filter(is_active=True).order_by("pk").values_list("pk", flat=True)
    off = Closure.objects.values_list("therapist_id", "first_day", "last_day")
    closures = (DaysOff(*one) for one in off if one[0] is None or one[0] in names)
    return Team(names, tuple(shifts), tuple(rooms), tuple(closures))


def _minute(clock: datetime.time) -> int:
    return clock.hour * 60 + clock.minute


def _day_of(instant: datetime.datetime) -> Days:
    zone = facts.zone()
    return Days(instant.astimezone(zone).date(), 1, zone)


def _looks(begin: datetime.datetime, end: datetime.datetime, *, is_short: bool) -> Iterator[Days]:
    """The days between two instants: all at once, or a week first and then the rest."""
    zone = facts.zone()
    first = begin.astimezone(zone).date()
    count = (end.astimezone(zone).date() - first).days + 1
    split = min(FIRST_LOOK, count) if is_short else count
    yield Days(first, split, zone)
    if count > split:
        yield Days(first + datetime.timedelta(split), count - split, zone)


def _timetable(team: Team, days: Days, besides: int | None = None) -> Timetable:
    hours = timetable.opening(facts.clinic())
    worked = timetable.working(days, hours, team.shifts, team.closures)
    # an appointment that begins before midnight may reach into the first day
    rows = Appointment.objects.filter(
        Q(first_cell__lt=days.end + cells.how_many(24 * 60)),
        Q(first_cell__gt=days.start - cells.how_many(24 * 60)),
    ).order_by()
    if besides is not None:
        rows = rows.exclude(pk=besides)
    columns = ("therapist_id", "room_id", "first_cell", "end_cell")
    held: Any = rows.values_list(*columns)  # never empty in the rows asked for
    return Timetable(days, worked, team.rooms, list(held))


def _slots(
    table: Timetable, team: Team, minutes: int, first: int, end: int, limit: int
) -> list[Slot]:
    therapists, rooms = table.starts(cells.how_many(minutes), turnover())
    start = table.days.start
    wanted = cells.stretch(first - start, end - start)
    anywhere = reduce(or_, rooms.values(), 0) & reduce(or_, therapists.values(), 0) & wanted
    is_free = {who: f"{bits:b}"[::-1] for who, bits in therapists.items()}
    orders: dict[datetime.date, list[int]] = {}
    found: list[Slot] = []
    for bit in cells.each(anywhere)[:limit]:
        starts_at = cells.instant_of(start + bit, table.days.zone)
        day = starts_at.date()
        if day not in orders:
            orders[day] = table.by_load(day)
        who = next(one for one in orders[day] if is_free[one][bit : bit + 1] == "1")
        found.append(Slot(starts_at, minutes, team.names[who]))
    return found
