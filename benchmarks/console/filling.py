"""Fills a tracker store and a queue of hand-offs, in bulk."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from sqlalchemy.engine import Engine

from benchmarks.console.crowd import Row
from frontdesk.components.conversations import index
from frontdesk.database import open_engine
from frontdesk.domain.condition import Urgency
from frontdesk.gateways.handoffs import TABLE

COLUMNS = ("sender_id", "type_name", "timestamp", "intent_name", "action_name", "data")
AT_ONCE = 20_000


def fill(url: str, rows: Iterable[Row]) -> int:
    """Add events to a tracker store, with the indexes that the assistant makes; how many."""
    engine = open_engine(url)
    SQLTrackerStore.Base.metadata.create_all(engine)
    index(engine)
    return _added(engine, "events", COLUMNS, rows)


def hand_off(url: str, handoffs: Iterable[tuple[str, str, float]]) -> int:
    """Add hand-offs to the queue; how many."""
    engine = open_engine(url)
    TABLE.metadata.create_all(engine)
    columns = ("conversation", "reason", "at", "urgency", "findings")
    rows = ((*one, Urgency.NONE.value, "") for one in sorted(handoffs, key=lambda one: one[2]))
    return _added(engine, TABLE.name, columns, rows)


def analyze(url: str) -> None:
    """Let a database look at what it holds, as one in use does by itself."""
    with open_engine(url).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("ANALYZE"))


def _added(
    engine: Engine, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    count = 0
    connection = engine.raw_connection()
    cursor = connection.cursor()
    for some in _chunks(rows):
        if engine.dialect.name == "sqlite":
            places = ", ".join("?" for _ in columns)
            asked = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"
            cursor.executemany(asked, some)
        else:
            lines = "".join(map(_line, some))
            asked = f"COPY {table} ({', '.join(columns)}) FROM STDIN"
            cursor.copy_expert(asked, io.StringIO(lines))
        connection.commit()
        count += len(some)
    connection.close()
    engine.dispose()
    return count


def _chunks(rows: Iterable[Sequence[Any]]) -> Iterator[list[Sequence[Any]]]:
    left = iter(rows)
    while some := list(itertools.islice(left, AT_ONCE)):
        yield some


def _line(row: Sequence[Any]) -> str:
    """One row as PostgreSQL's COPY reads it."""
    return "\t".join("\\N" if one is None else str(one).replace("\\", "\\\\") for one in row) + "\n"
