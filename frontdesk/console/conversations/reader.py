"""Reads what is new in the assistant's stores into rows that a list can filter."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from django.db import transaction
from django.db.models import OuterRef, Subquery

from frontdesk.console.conversations import notices
from frontdesk.console.conversations.folding import Batch
from frontdesk.console.conversations.models import (
    Conversation,
    HandOver,
    Mark,
    Message,
    Need,
    Reading,
    Tally,
)
from frontdesk.console.conversations.queue import Queue, Waiting
from frontdesk.console.conversations.store import Event, Store

AT_ONCE = 2000  # rows read in one transaction
ROWS = 1000  # of them in one statement
LATE = 60.0  # seconds for which a missing number may still arrive
MOST_GAPS = 500
CHANGING = [
    "channel",
    "last_at",
    "turns",
    "lowest_confidence",
    "urgency",
    "suitability",
    "reference",
    "need",
    "need_rank",
    "need_at",
    "told_waiting_at",
    "mode",
    "waiting_since",
    "asked_at",
    "is_unread",
]


class Numbered(Protocol):
    """Anything with a number of its own that grows."""

    @property
    def id(self) -> int:
        """The number."""


Row = TypeVar("Row", bound=Numbered)


def read_events(store: Store) -> int:
    """Read the next events; how many there were."""
    return _read("events", store.after, store.numbered, _fold_events)


def read_handoffs(queue: Queue) -> int:
    """Read the next hand-offs that the assistant asked for; how many there were."""
    return _read("handoffs", queue.after, queue.numbered, _fold_handoffs)


def _read(
    feed: str,
    after: Callable[[int, int], list[Row]],
    numbered: Callable[[Sequence[int]], list[Row]],
    fold: Callable[[Sequence[Row]], None],
) -> int:
    """One batch of a feed. Rows and place are written together, so nothing counts twice."""
    known = Reading.objects.filter(feed=feed).first()
    if known and not known.gaps and not after(known.last, 1):
        return 0  # most looks find nothing, and need not keep anybody else from writing
    with transaction.atomic():
        Reading.objects.get_or_create(feed=feed)
        reading = Reading.objects.select_for_update().get(feed=feed)
        missed = [number for number, _ in reading.gaps]
        late = numbered(missed) if missed else []
        rows = after(reading.last, AT_ONCE)
        _move_on(reading, [row.id for row in late], [row.id for row in rows])
        if late or rows:
            fold([*late, *rows])
    return len(late) + len(rows)


def _move_on(reading: Reading, late: Sequence[int], new: Sequence[int]) -> None:
    """Note how far we are, and which numbers were jumped over just now."""
    now = time.time()
    kept = [[n, since] for n, since in reading.gaps if n not in late and now - since < LATE]
    expected = reading.last + 1
    is_first = reading.last == 0  # what is long gone is not missed
    for number in new:
        if not is_first and number - expected < MOST_GAPS:
            kept += [[missing, now] for missing in range(expected, number)]
        expected, is_first = number + 1, False
    moved = bool(new) or kept != reading.gaps
    reading.last, reading.gaps = expected - 1 if new else reading.last, kept[-MOST_GAPS:]
    if moved:
        reading.save()


def _fold_events(events: Sequence[Event]) -> None:
    batch = _known({event.key for event in events})
    for event in events:
        batch.fold(event)
    _write(batch)


def _fold_handoffs(waiting: Sequence[Waiting]) -> None:
    batch = _known({one.key for one in waiting})
    for one in waiting:
        batch.ask(one.key, Need(one.reason), one.at)
    _write(batch)


def _known(keys: set[str]) -> Batch:
    rows = Conversation.objects.select_for_update().filter(key__in=keys)
    return Batch({row.key: row for row in rows})


def _write(batch: Batch) -> None:
    every = list(batch.conversations.values())
    old = [one.pk for one in every if one.pk is not None]
    Conversation.objects.bulk_create(
        every,
        batch_size=ROWS // len(CHANGING),
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=CHANGING,
    )
    for message in batch.messages:
        message.conversation_id = message.conversation.pk
    Message.objects.bulk_create(batch.messages, batch_size=ROWS // 9, ignore_conflicts=True)
    for handover in batch.handovers:
        handover.conversation_id = handover.conversation.pk
    HandOver.objects.bulk_create(batch.handovers)
    _count(batch)
    _date(old)
    Mark.objects.bulk_create(batch.rows(), batch_size=ROWS // 4, ignore_conflicts=True)
    notices.tell(batch.needs)


def _date(conversations: Sequence[int]) -> None:
    """Give the marks of conversations the time of their newest activity."""
    newest = Conversation.objects.filter(pk=OuterRef("conversation_id")).values("last_at")
    for start in range(0, len(conversations), ROWS):
        some = conversations[start : start + ROWS]
        Mark.objects.filter(conversation_id__in=some).update(last_at=Subquery(newest))


def _count(batch: Batch) -> None:
    """Add to the tallies; whoever reads a feed is alone in doing so."""
    days = {day for day, _, _ in batch.counted}
    kept = {(row.day, row.what, row.step): row for row in Tally.objects.filter(day__in=days)}
    for (day, what, step), count in batch.counted.items():
        row = kept.setdefault((day, what, step), Tally(day=day, what=what, step=step))
        row.count += count
    Tally.objects.bulk_create(
        [kept[one] for one in batch.counted],
        update_conflicts=True,
        unique_fields=["day", "what", "step"],
        update_fields=["count"],
    )
