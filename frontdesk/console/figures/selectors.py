"""What the figures count, from the rows."""

from __future__ import annotations

import datetime
import math
import statistics
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count

from frontdesk.console.bookings.models import Appointment
from frontdesk.console.conversations.models import Conversation, HandOver, Message, Tally
from frontdesk.console.figures.period import Period

MOST_MESSAGES = 2000
LATE = 0.9


@dataclass(frozen=True, slots=True)
class Waits:
    """The hand-overs of one reason, and how long visitors waited where somebody took over."""

    need: str
    raised: int
    taken: int
    median: float | None
    late: float | None


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A message that the assistant did not understand, without personal words."""

    text: str
    conversation: int
    event: int


def begun(period: Period) -> dict[datetime.date, int]:
    """How many conversations began on each day."""
    edges = [*map(period.midnight, period.days), period.ends]
    return {
        day: Conversation.objects.filter(started_at__gte=start, started_at__lt=end).count()
        for day, start, end in zip(period.days, edges, edges[1:], strict=False)
    }


def with_person(period: Period) -> Counter[datetime.date]:
    """How many of each day's conversations a person was needed in, or took over."""
    rows = HandOver.objects.filter(conversation__started_at__range=period.span)
    needed = rows.values_list("conversation", "conversation__started_at").distinct()
    return Counter(period.day_of(at) for _, at in needed)


def waits(period: Period) -> list[Waits]:
    """The hand-overs that were raised in a period, by reason."""
    rows = HandOver.objects.filter(raised_at__range=period.span).exclude(need="")
    raised: Counter[str] = Counter()
    waited: dict[str, list[float]] = defaultdict(list)
    for need, at, taken_at in rows.values_list("need", "raised_at", "taken_at"):
        raised[need] += 1
        if taken_at:
            waited[need].append(max(0.0, (taken_at - at).total_seconds()))
    return [_waits(need, count, sorted(waited[need])) for need, count in raised.items()]


def bookings(period: Period) -> Counter[tuple[str, bool]]:
    """What was booked in a period: massage, and whether it still stands."""
    rows = Appointment.objects.filter(created_at__range=period.span)
    found: Counter[tuple[str, bool]] = Counter()
    grouped = rows.order_by().values_list("treatment", "status").annotate(count=Count("pk"))
    for treatment, status, count in grouped:
        found[treatment, status in Appointment.HOLDING] += count
    return found


def verdicts(period: Period) -> Counter[tuple[str, str]]:
    """The verdicts that conversations begun in a period ended with: massage and verdict."""
    rows = Conversation.objects.filter(started_at__range=period.span).exclude(suitability={})
    found: Counter[tuple[str, str]] = Counter()
    for given, count in rows.order_by().values_list("suitability").annotate(count=Count("pk")):
        for treatment, advice in given.items():
            found[treatment, str(advice.get("verdict"))] += count
    return found


def tallied(period: Period, what: Tally.What) -> dict[datetime.date, Counter[int]]:
    """What was counted while reading: by day, then by step."""
    rows = Tally.objects.filter(day__range=(period.days[0], period.last), what=what)
    found: dict[datetime.date, Counter[int]] = {day: Counter() for day in period.days}
    for day, step, count in rows.values_list("day", "step", "count"):
        found[day][step] += count
    return found


def unanswered(period: Period) -> list[Unanswered]:
    """The newest messages of a period that were not understood."""
    rows = Message.objects.filter(is_unanswered=True, at__range=period.span).order_by("-at")
    kept = rows.values_list("masked", "conversation", "event")[:MOST_MESSAGES]
    return [Unanswered(*row) for row in kept]


def _waits(need: str, raised: int, seconds: Sequence[float]) -> Waits:
    if not seconds:
        return Waits(need, raised, 0, None, None)
    late = seconds[math.ceil(LATE * len(seconds)) - 1]
    return Waits(need, raised, len(seconds), statistics.median(seconds), late)
