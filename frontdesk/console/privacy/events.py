"""The assistant's own events of somebody: found, exported, erased and forgotten."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from frontdesk.clinical.contacts import EMAIL, NAME, PHONE
from frontdesk.console.conversations.store import EVENTS
from frontdesk.console.privacy.databases import (
    SQLITE,
    deleting,
    has_table,
    in_batches,
    swept,
    tracker,
)
from frontdesk.console.privacy.person import Contact, Person

STORE = "assistant"
TABLE = EVENTS.name
# Stands where the newest event stood, so that SQLite gives its number to no other event: whoever
# reads by number would miss that one.
ERASED = "erased"
SLOTS = {"contact_name": NAME, "contact_phone": PHONE, "contact_email": EMAIL}
REFERENCE = "booking_reference"
KINDS = ("user", "slot")
PER_BATCH = 50  # conversations purged in one transaction


def find(contact: Contact) -> Person:
    """The conversations in which somebody gave this contact, and what they told there."""
    with tracker() as engine:
        if not has_table(engine, TABLE):
            return Person()
        sought = [value for value in (contact.phone, contact.email) if value]
        keys = {key for value in sought for key in _keys_with(engine, value)}
        if len(contact.name.split()) > 1:
            keys |= _keys_with_name_alone(engine, contact)
        return _told(engine, keys)


def tell(key: str) -> Person:
    """What somebody told of themselves in one conversation."""
    with tracker() as engine:
        return _told(engine, {key}) if has_table(engine, TABLE) else Person(frozenset({key}))


def erase(person: Person) -> Counter[str]:
    """Delete all events of the person's conversations; how many there were."""
    removed: Counter[str] = Counter()
    with tracker() as engine:
        if not has_table(engine, TABLE):
            return removed
        for keys in in_batches(person.conversations):
            removed[TABLE] += _delete(engine, keys)
    return removed


def sweep(*, whole: bool = True) -> None:
    """Leave nothing of what was deleted in the database's files (see ``databases.swept``)."""
    with tracker() as engine:
        if has_table(engine, TABLE):
            swept(engine, [TABLE], whole=whole)


def purge(before: float) -> tuple[Counter[str], set[str]]:
    """Delete conversations in which nothing happened since; how many events, and whose."""
    removed: Counter[str] = Counter()
    gone: set[str] = set()
    with tracker() as engine:
        if not has_table(engine, TABLE):
            return removed, gone
        while keys := _quiet(engine, before):
            removed[TABLE] += _delete(engine, keys, before)
            gone |= set(keys)
    return removed, gone


def export(person: Person) -> dict[str, Any]:
    """Every event of the person's conversations, as stored."""
    with tracker() as engine:
        if not has_table(engine, TABLE):
            return {}
        found: dict[str, Any] = {}
        with engine.connect() as connection:
            for keys in in_batches(person.conversations):
                query = sa.select(EVENTS).where(EVENTS.c.sender_id.in_(keys)).order_by(EVENTS.c.id)
                for row in connection.execute(query).mappings():
                    told = {**row, "data": json.loads(row["data"])}
                    found.setdefault(row["sender_id"], []).append(told)
    return {TABLE: found} if found else {}


def _delete(engine: Engine, keys: Iterable[str], before: float | None = None) -> int:
    of_them = EVENTS.c.sender_id.in_(list(keys))
    with deleting(engine) as connection:
        newest = connection.execute(sa.select(sa.func.max(EVENTS.c.id))).scalar() or 0
        if before is not None:  # somebody may have written since we looked
            awake = sa.select(EVENTS.c.sender_id).where(of_them, EVENTS.c.timestamp >= before)
            of_them = of_them & EVENTS.c.sender_id.not_in(awake)
        count = int(connection.execute(EVENTS.delete().where(of_them)).rowcount)
        if engine.dialect.name == SQLITE:
            _hold(connection, newest)
    return count


def _hold(connection: Connection, newest: int) -> None:
    """Keep the newest number taken, by a row that says nothing; older such rows go."""
    is_ours = EVENTS.c.sender_id == ERASED
    connection.execute(EVENTS.delete().where(is_ours, EVENTS.c.id < newest))
    is_there = connection.execute(sa.select(EVENTS.c.id).where(EVENTS.c.id == newest)).first()
    if newest and not is_there:
        row = {"id": newest, "sender_id": ERASED, "type_name": ERASED, "data": "{}"}
        connection.execute(EVENTS.insert().values(timestamp=time.time(), **row))


def _quiet(engine: Engine, before: float) -> list[str]:
    """Some conversations in which nothing happened since."""
    query = (
        sa.select(EVENTS.c.sender_id)
        .where(EVENTS.c.sender_id != ERASED)
        .group_by(EVENTS.c.sender_id)
        .having(sa.func.max(EVENTS.c.timestamp) < before)
        .limit(PER_BATCH)
    )
    with engine.connect() as connection:
        return [row.sender_id for row in connection.execute(query)]


def _keys_with(engine: Engine, value: str) -> set[str]:
    """The conversations with a slot or an entity of this value."""
    like = sa.func.lower(EVENTS.c.data).contains(value.lower(), autoescape=True)
    query = sa.select(EVENTS.c.sender_id, EVENTS.c.type_name, EVENTS.c.data)
    query = query.where(EVENTS.c.type_name.in_(KINDS), like)
    with engine.connect() as connection:
        return {
            row.sender_id
            for row in connection.execute(query)
            if any(
                kind != NAME and told.lower() == value.lower()
                for kind, told in _details(row.type_name, json.loads(row.data))
            )
        }


def _keys_with_name_alone(engine: Engine, contact: Contact) -> set[str]:
    """The conversations of somebody of this whole name who gave no contact at all."""
    like = sa.func.lower(EVENTS.c.data).contains(contact.name.lower(), autoescape=True)
    query = sa.select(EVENTS.c.sender_id).where(EVENTS.c.type_name.in_(KINDS), like).distinct()
    with engine.connect() as connection:
        keys = {row.sender_id for row in connection.execute(query)}
    told = {key: _told(engine, {key}) for key in keys}
    return {
        key
        for key, one in told.items()
        if contact.name.lower() in {name.lower() for name in one.names}
        and not one.phones
        and not one.emails
    }


def _told(engine: Engine, keys: Iterable[str]) -> Person:
    """What was told of a contact in these conversations."""
    found: dict[str, set[str]] = {NAME: set(), PHONE: set(), EMAIL: set(), REFERENCE: set()}
    every = set(keys)
    with engine.connect() as connection:
        for some in in_batches(every):
            query = sa.select(EVENTS.c.type_name, EVENTS.c.data).where(
                EVENTS.c.sender_id.in_(some), EVENTS.c.type_name.in_(KINDS)
            )
            for row in connection.execute(query):
                for kind, value in _details(row.type_name, json.loads(row.data)):
                    found[kind].add(value)
    return Person(
        conversations=frozenset(every),
        references=frozenset(found[REFERENCE]),
        names=frozenset(found[NAME]),
        phones=frozenset(found[PHONE]),
        emails=frozenset(found[EMAIL]),
    )


def _details(kind: str, data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Names, numbers, addresses and references that an event tells."""
    if kind == "slot":
        named, value = str(data.get("name")), data.get("value")
        meant = REFERENCE if named == REFERENCE else SLOTS.get(named)
        if meant and isinstance(value, str) and value:
            yield meant, value
        return
    for entity in (data.get("parse_data") or {}).get("entities") or ():
        if entity.get("entity") in (NAME, PHONE, EMAIL) and isinstance(entity.get("value"), str):
            yield entity["entity"], entity["value"]
