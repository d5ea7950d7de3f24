"""What is kept of somebody where messages pass through: transcripts, hand-offs, letters."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from frontdesk.console.privacy.databases import deleting, has_table, in_batches, passing, swept
from frontdesk.console.privacy.person import Contact, Person

STORE = "channels"
# Tables of the channels and gateways: whatever they are, the conversation stands in this column.
PREFIXES, COLUMN = ("website_", "channel_", "frontdesk_"), "conversation"
OUTBOX = sa.table(
    "frontdesk_outbox",
    sa.column("id", sa.Integer),
    sa.column("key", sa.String),
    sa.column("body", sa.Text),
    sa.column("state", sa.String),
    sa.column("written", sa.Float),
)
WAITING = "waiting"
TURNS = sa.table(
    "website_turn",
    sa.column(COLUMN, sa.String),
    sa.column("begun", sa.String),
    sa.column("is_done", sa.Boolean),
)
PEOPLE = sa.table("channel_person", sa.column(COLUMN, sa.String), sa.column("held_until", sa.Float))
# When something was last heard of a conversation, in the tables that say so.
TIMES = {"website_message": "at", "website_turn": "begun", "channel_person": "heard_at"}
ADDRESS = "address"  # where a channel writes to somebody
HANDOFFS = sa.table("frontdesk_handoff", sa.column("at", sa.Float))
TURN = 6.0  # seconds that a turn takes at most
PER_BATCH = 200  # conversations purged in one transaction


def find(contact: Contact) -> Person:
    """The conversations of a channel that writes to this number or address."""
    keys: set[str] = set()
    sought = [one for one in (contact.phone.lstrip("+"), contact.email.lower()) if one]
    with passing() as engine:
        for table in (_table(engine, name) for name in _ours(engine)):
            if COLUMN not in table.c or ADDRESS not in table.c:
                continue
            address = sa.func.lower(table.c[ADDRESS])
            for value in sought:
                like = address.contains(value, autoescape=True)
                with engine.connect() as connection:
                    found = connection.execute(sa.select(table.c[COLUMN], address).where(like))
                    whole = re.compile(rf"(?<![\w.]){re.escape(value)}(?![\w])")
                    keys |= {key for key, told in found if whole.search(told)}
    return Person(conversations=frozenset(keys))


def erase(person: Person, booked: Person) -> Counter[str]:
    """Delete every row of the person's conversations and every letter about their bookings."""
    removed: Counter[str] = Counter()
    with passing() as engine:
        _let_turns_end(engine, person.conversations)
        removed += _delete(engine, person.conversations)
        letters = [number for number, _ in _letters(engine, booked)]
        if letters:
            with deleting(engine) as connection:
                connection.execute(OUTBOX.delete().where(OUTBOX.c.id.in_(letters)))
            removed[OUTBOX.name] += len(letters)
    return +removed


def sweep(*, whole: bool = True) -> None:
    """Leave nothing of what was deleted in the database's files (see ``databases.swept``)."""
    with passing() as engine:
        swept(engine, _ours(engine), whole=whole)


def waiting_bookings(person: Person) -> list[str]:
    """The keys of bookings that another system has not received yet."""
    with passing() as engine:
        return [key for _, key in _letters(engine, person, WAITING)]


def purge(before: float, also: Iterable[str] = ()) -> Counter[str]:
    """Delete conversations in which nothing was said since, old hand-offs and old letters.

    Args:
        before: seconds since 1970.
        also: conversations that are gone already, for tables without a time.
    """
    removed: Counter[str] = Counter()
    with passing() as engine:
        removed += _delete(engine, also)
        while keys := _quiet(engine, before):
            removed += _delete(engine, keys)
        for table, column in ((HANDOFFS, "at"), (OUTBOX, "written")):
            if has_table(engine, table.name):
                with deleting(engine) as connection:
                    old = table.delete().where(table.c[column] < before)
                    removed[table.name] += connection.execute(old).rowcount
    return +removed


def export(person: Person) -> dict[str, Any]:
    """Every row of the person's conversations, and every letter about them."""
    found: dict[str, Any] = {}
    with passing() as engine:
        for name in _ours(engine):
            table = _table(engine, name)
            if COLUMN not in table.c:
                continue
            with engine.connect() as connection:
                for keys in in_batches(person.conversations):
                    query = sa.select(table).where(table.c[COLUMN].in_(keys))
                    rows = [dict(row) for row in connection.execute(query).mappings()]
                    found.setdefault(name, []).extend(rows)
        wanted = [number for number, _ in _letters(engine, person)]
        if wanted:
            query = sa.select(OUTBOX).where(OUTBOX.c.id.in_(wanted))
            with engine.connect() as connection:
                rows = [dict(row) for row in connection.execute(query).mappings()]
            found[OUTBOX.name] = [row | {"body": json.loads(row["body"])} for row in rows]
    return {name: rows for name, rows in found.items() if rows}


def _ours(engine: Engine) -> list[str]:
    """The tables that messages pass through; the console's may stand in the same database."""
    return [name for name in sa.inspect(engine).get_table_names() if name.startswith(PREFIXES)]


def _table(engine: Engine, name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=engine)


def _delete(engine: Engine, conversations: Iterable[str]) -> Counter[str]:
    removed: Counter[str] = Counter()
    every = list(conversations)
    tables = [_table(engine, name) for name in _ours(engine)] if every else []
    for table in tables:
        if COLUMN not in table.c:
            continue
        for keys in in_batches(every):
            with deleting(engine) as connection:
                gone = connection.execute(table.delete().where(table.c[COLUMN].in_(keys)))
                removed[table.name] += gone.rowcount
    return removed


def _letters(engine: Engine, person: Person, state: str = "") -> Iterator[tuple[int, str]]:
    """The letters to another system that speak of somebody: their numbers and keys."""
    if not has_table(engine, OUTBOX.name):
        return
    query = sa.select(OUTBOX)
    with engine.connect() as connection:
        rows = connection.execute(query.where(OUTBOX.c.state == state) if state else query).all()
    for row in rows:
        if person.is_in(json.dumps(json.loads(row.body), ensure_ascii=False)):
            yield row.id, row.key


def _quiet(engine: Engine, before: float) -> list[str]:
    """Some conversations in which nothing was said since."""
    moment = datetime.fromtimestamp(before, timezone.utc).isoformat()
    for name, column in TIMES.items():
        if not has_table(engine, name):
            continue
        table = _table(engine, name)
        latest = sa.func.max(table.c[column])
        limit = before if isinstance(table.c[column].type, sa.Numeric) else moment
        query = sa.select(table.c[COLUMN]).group_by(table.c[COLUMN]).having(latest < limit)
        with engine.connect() as connection:
            keys = list(connection.execute(query.limit(PER_BATCH)).scalars())
        if keys:
            return keys
    return []


def _let_turns_end(engine: Engine, conversations: Iterable[str]) -> None:
    """Wait for what is being answered right now, so that no answer is written afterwards."""
    keys = list(conversations)
    ends = time.monotonic() + TURN
    while keys and time.monotonic() < ends and any(_under_way(engine, keys)):
        time.sleep(0.1)


def _under_way(engine: Engine, keys: list[str]) -> Iterator[bool]:
    """Whether the website answers in one of these conversations, and whether another channel."""
    begun = datetime.fromtimestamp(time.time() - TURN, timezone.utc).isoformat()
    for table, is_now in (
        (TURNS, TURNS.c.is_done.is_(False) & (TURNS.c.begun > begun)),
        (PEOPLE, PEOPLE.c.held_until > time.time()),
    ):
        if has_table(engine, table.name):
            query = sa.select(table.c[COLUMN]).where(is_now, table.c[COLUMN].in_(keys)).limit(1)
            with engine.connect() as connection:
                yield connection.execute(query).first() is not None
