"""Sends what waits in a table; what cannot be sent now is tried again later."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.db.models import F
from django.utils import timezone

LEASE = datetime.timedelta(minutes=2)  # nobody else sends a row while one of us tries
SHORTEST_WAIT = datetime.timedelta(seconds=30)
LONGEST_WAIT = datetime.timedelta(hours=6)
KEPT = datetime.timedelta(days=30)  # what was sent is deleted then
AT_ONCE = 50
logger = logging.getLogger(__name__)


class Outgoing(models.Model):
    """Something that stays until it is sent; ``due_at`` is the next attempt."""

    created_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=80, blank=True)

    class Meta:
        """Each kind has a table of its own."""

        abstract = True


Row = TypeVar("Row", bound=Outgoing)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many went out, and how many have to wait."""

    sent: int
    waiting: int


def send_due(
    kind: type[Row],
    send: Callable[[Row], None],
    failures: tuple[type[Exception], ...],
    limit: int = AT_ONCE,
) -> Sent:
    """Send what is due of one kind, the oldest first."""
    sent = waiting = 0
    rows = kind._default_manager.filter(sent_at=None, due_at__lte=timezone.now())
    for row in rows.order_by("due_at", "pk")[:limit]:
        if not _lease(row):
            continue
        if _try(row, send, failures):
            sent += 1
        else:
            waiting += 1
    return Sent(sent, waiting)


def forget_sent(kind: type[Row]) -> int:
    """Delete what was sent long ago; how much there was."""
    old = kind._default_manager.filter(sent_at__lt=timezone.now() - KEPT)
    return old.delete()[0]


def wait_after(tries: int) -> datetime.timedelta:
    """How long to wait after so many tries: twice as long each time, up to six hours."""
    doubled: int = 2 ** min(tries - 1, 12)
    return min(SHORTEST_WAIT * doubled, LONGEST_WAIT)


def _lease(row: Outgoing) -> bool:
    """Whether this row is ours to send."""
    mine = type(row)._default_manager.filter(pk=row.pk, sent_at=None, due_at=row.due_at)
    return bool(mine.update(due_at=timezone.now() + LEASE, tries=F("tries") + 1))


def _try(row: Row, send: Callable[[Row], None], failures: tuple[type[Exception], ...]) -> bool:
    here = type(row)._default_manager.filter(pk=row.pk)
    try:
        send(row)
    except failures as error:
        # the error may quote an address: its kind is enough
        problem = type(error).__name__
        logger.warning("%s %s waits: %s", row._meta.model_name, row.pk, problem)
        here.update(due_at=timezone.now() + wait_after(row.tries + 1), problem=problem)
        return False
    here.update(sent_at=timezone.now(), problem="")
    return True
