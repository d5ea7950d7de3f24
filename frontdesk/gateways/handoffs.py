"""Keeps hand-offs in a table of their own, for staff to see."""

from __future__ import annotations

import time

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from frontdesk.database import open_engine
from frontdesk.domain.handoff import Handoff, HandoffQueue

TABLE = sa.Table(
    "frontdesk_handoff",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("conversation", sa.String(255), nullable=False, index=True),
    sa.Column("reason", sa.String(50), nullable=False),
    sa.Column("urgency", sa.String(20), nullable=False),
    sa.Column("findings", sa.String(500), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sqlite_autoincrement=True,
)


class HandoffTable(HandoffQueue):
    """Hand-offs in the database that messages pass through."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = open_engine(url)
        TABLE.metadata.create_all(self._engine)

    def add(self, handoff: Handoff) -> None:
        """Write a row (see HandoffQueue)."""
        row = {
            "conversation": handoff.conversation,
            "reason": handoff.reason.value,
            "urgency": handoff.urgency.value,
            "findings": " ".join(sorted(handoff.findings))[:500],
            "at": time.time(),
        }
        with self._engine.begin() as connection:
            connection.execute(TABLE.insert().values(**row))

    def all(self) -> list[dict[str, object]]:
        """Every hand-off, newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(TABLE).order_by(TABLE.c.id.desc()))
            return [dict(row) for row in rows.mappings()]
