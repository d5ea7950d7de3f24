"""The figures as staff see them: counted, put into words, and drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from frontdesk.console.conversations.labels import label
from frontdesk.console.conversations.models import Need, Tally
from frontdesk.console.conversations.models.tally import STEPS
from frontdesk.console.conversations.panel import VERDICTS
from frontdesk.console.figures import selectors
from frontdesk.console.figures.figure import Column, Figure, Kind, Plot, Value, stacked, wait
from frontdesk.console.figures.period import Period

DAY = Column("Day", Kind.TEXT)
SHARE_PLOT = 100  # a share in percent fills the drawing
HALF, NEARLY_ALL = 0.5, 0.95


def conversations(period: Period) -> Figure:
    """Conversations a day, and how many needed nobody of the team."""
    begun, needed = selectors.begun(period), selectors.with_person(period)
    rows = [
        (day, count, count - needed[day], _share(count - needed[day], count))
        for day, count in begun.items()
    ]
    every, alone = sum(begun.values()), sum(row[2] for row in rows)
    most = max(begun.values())
    told = f"{every:,} conversations, {_percent(alone, every)} answered without a person."
    return Figure(
        "conversations",
        "Conversations",
        told,
        (DAY, Column("Conversations"), Column("Without a person"), Column("Share", Kind.SHARE)),
        rows,
        _by_day(period, [(row[2], row[1] - row[2]) for row in rows], ("alone", "person"), most),
        (("alone", "Without a person"), ("person", "A person was needed")),
    )


def handovers(period: Period) -> Figure:
    """Why a person was needed, and how long visitors waited for one."""
    waits = {one.need: one for one in selectors.waits(period)}
    found = [waits[need] for need in Need.values if need in waits]
    rows = [(Need(one.need).label, one.raised, one.taken, one.median, one.late) for one in found]
    every, taken = sum(one.raised for one in found), sum(one.taken for one in found)
    told = f"A person was needed {every:,} times; {taken:,} times somebody took over in the chat."
    waited = (Column("Median wait", Kind.WAIT), Column("9 of 10 within", Kind.WAIT))
    columns = (Column("Reason", Kind.TEXT), Column("Raised"), Column("Taken over"), *waited)
    return Figure("handovers", "Handed over", told, columns, rows)


def fallbacks(period: Period) -> Figure:
    """How many of the visitors' messages were not understood, day by day."""
    messages = selectors.tallied(period, Tally.What.MESSAGE)
    missed = selectors.tallied(period, Tally.What.FALLBACK)
    rows = [
        (day, messages[day].total(), missed[day].total(), _share(missed[day].total(), counted))
        for day, counted in ((day, messages[day].total()) for day in period.days)
    ]
    shares = [(100 * (row[3] or 0.0),) for row in rows]
    every, wrong = sum(row[1] for row in rows), sum(row[2] for row in rows)
    most = max(share for (share,) in shares)
    return Figure(
        "fallbacks",
        "Not understood",
        f"{wrong:,} of {every:,} messages were not understood: {_percent(wrong, every)}.",
        (DAY, Column("Messages"), Column("Not understood"), Column("Share", Kind.SHARE)),
        rows,
        _by_day(period, shares, ("person",), f"{most:.1f} %"),
    )


def answers(period: Period) -> Figure:
    """How long visitors waited for the assistant's answer."""
    counts: Counter[int] = Counter()
    for of_day in selectors.tallied(period, Tally.What.ANSWER).values():
        counts += of_day
    every, names = counts.total(), [*(f"up to {wait_of(one)}" for one in STEPS), "longer"]
    sums = [sum(counts[n] for n in range(step + 1)) for step in range(len(names))]
    rows: list[tuple[Value, ...]] = [
        (name, counts[step], _share(sums[step], every)) for step, name in enumerate(names)
    ]
    told = "No answers yet."
    if every:
        half, most = (_within(names, sums, every, share) for share in (HALF, NEARLY_ALL))
        told = f"{every:,} answers: half took {half}, 19 of 20 {most}."
    bars = [(counts[step],) for step in range(len(names))]
    return Figure(
        "answers",
        "Time to the answer",
        told,
        (Column("Time", Kind.TEXT), Column("Answers"), Column("Together", Kind.SHARE)),
        rows,
        stacked(bars, ("alone",), f"{max(counts.values(), default=0):,}", names[0], names[-1]),
    )


def bookings(period: Period) -> Figure:
    """What was booked."""
    found = selectors.bookings(period)
    kinds = sorted({treatment for treatment, _ in found}, key=label)
    rows = [(label(one), found[one, True] + found[one, False], found[one, False]) for one in kinds]
    every, off = sum(row[1] for row in rows), sum(row[2] for row in rows)
    return Figure(
        "bookings",
        "Bookings",
        f"{every:,} bookings and requests, {off:,} of them called off since.",
        (Column("Massage", Kind.TEXT), Column("Bookings"), Column("Called off")),
        rows,
    )


def verdicts(period: Period) -> Figure:
    """Whether massages suited those who told of their health."""
    found = selectors.verdicts(period)
    kinds = sorted({treatment for treatment, _ in found}, key=label)
    rows: list[tuple[Value, ...]] = [
        (label(one), *(found[one, verdict] for verdict in VERDICTS)) for one in kinds
    ]
    most = max((sum(found[one, verdict] for verdict in VERDICTS) for one in kinds), default=0)
    told = f"{most:,} conversations led to advice on which massage suits."
    columns = (Column("Massage", Kind.TEXT), *map(Column, VERDICTS.values()))
    return Figure("verdicts", "Advice given", told, columns, rows)


SHOWN: tuple[Callable[[Period], Figure], ...] = (
    conversations,
    handovers,
    fallbacks,
    answers,
    bookings,
    verdicts,
)
NAMED = {make.__name__: make for make in SHOWN}


def wait_of(seconds: float) -> str:
    """A step of the answering time."""
    return wait(seconds) if seconds >= 1 and seconds == int(seconds) else f"{seconds:g} s"


def _by_day(
    period: Period, rows: Sequence[tuple[float, ...]], parts: Sequence[str], most: int | str
) -> Plot | None:
    top = most if isinstance(most, str) else f"{most:,}"
    first, last = (DAY.shown(day) for day in (period.days[0], period.last))
    return stacked(rows, parts, top, first, last)


def _within(names: Sequence[str], sums: Sequence[int], every: int, share: float) -> str:
    return next(name for name, so_far in zip(names, sums, strict=True) if so_far >= share * every)


def _share(some: int, every: int) -> float | None:
    return some / every if every else None


def _percent(some: int, every: int) -> str:
    return f"{100 * some / every:.1f} %" if every else "none"
