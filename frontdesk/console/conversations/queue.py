"""Reads the hand-offs that the assistant has asked for."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from frontdesk.console.conversations.store import rows
from frontdesk.database import open_engine
from frontdesk.domain.handoff import Reason
from frontdesk.settings import database_url

HANDOFFS = sa.table(
    "frontdesk_handoff",
    sa.column("id", sa.Integer),
    sa.column("conversation", sa.String),
    sa.column("reason", sa.String),
    sa.column("at", sa.Float),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One hand-off: whose conversation, and why."""

    id: int
    key: str
    reason: Reason
    at: datetime.datetime


class Queue:
    """The table that the assistant writes hand-offs into."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = open_engine(url)

    def after(self, last: int, limit: int) -> list[Waiting]:
        """The next hand-offs after a number."""
        column = HANDOFFS.c.id
        return self._read(sa.select(HANDOFFS).where(column > last).order_by(column).limit(limit))

    def numbered(self, numbers: Sequence[int]) -> list[Waiting]:
        """The hand-offs of these numbers that are there."""
        return self._read(sa.select(HANDOFFS).where(HANDOFFS.c.id.in_(numbers)))

    def _read(self, query: Any) -> list[Waiting]:
        return [
            Waiting(
                row.id,
                row.conversation,
                Reason(row.reason),
                datetime.datetime.fromtimestamp(row.at, tz=datetime.timezone.utc),
            )
            for row in rows(self._engine, query)
        ]


def queue() -> Queue:
    """The queue of this installation."""
    return _open(database_url())


@cache
def _open(url: str) -> Queue:
    return Queue(url)
