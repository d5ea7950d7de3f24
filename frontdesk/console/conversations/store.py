"""Reads the assistant's own store of conversations; nothing is ever written to it from here."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from ruamel.yaml import YAML
from sqlalchemy.engine import URL, Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from frontdesk import settings
from frontdesk.database import open_engine
from frontdesk.domain.errors import SettingError

ENDPOINTS = "FRONTDESK_ENDPOINTS"
EVENTS = sa.Table(
    "events",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
)
# written out, so that the index of slots is known to do
IS_SLOT = EVENTS.c.type_name == sa.literal_column("'slot'")
_VARIABLE = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Event:
    """One of Rasa's events as stored; ``at`` is in seconds since 1970."""

    id: int
    key: str
    kind: str
    at: float
    data: dict[str, Any]


class Store:
    """The tracker store's table of events, on SQLite or PostgreSQL."""

    def __init__(self, url: str) -> None:
        self._engine: Engine = open_engine(url)

    def after(self, last: int, limit: int) -> list[Event]:
        """The next events after a number, of all conversations, oldest first."""
        query = sa.select(EVENTS).where(EVENTS.c.id > last).order_by(EVENTS.c.id).limit(limit)
        return self._read(query)

    def numbered(self, numbers: Sequence[int]) -> list[Event]:
        """The events of these numbers that are there."""
        return self._read(sa.select(EVENTS).where(EVENTS.c.id.in_(numbers)).order_by(EVENTS.c.id))

    def before(self, key: str, number: int | None, limit: int) -> list[Event]:
        """The last events of a conversation before a number, or its very last, oldest first."""
        query = sa.select(EVENTS).where(EVENTS.c.sender_id == key)
        if number is not None:
            query = query.where(EVENTS.c.id < number)
        return self._read(query.order_by(EVENTS.c.id.desc()).limit(limit))[::-1]

    def since(self, key: str, number: int, limit: int) -> list[Event]:
        """The events of a conversation after a number, oldest first."""
        query = sa.select(EVENTS).where(EVENTS.c.sender_id == key, EVENTS.c.id > number)
        return self._read(query.order_by(EVENTS.c.id).limit(limit))

    def slots(self, key: str, names: Sequence[str]) -> dict[str, list[Any]]:
        """Every value that these slots had in a conversation, oldest first."""
        query = sa.select(EVENTS).where(
            EVENTS.c.sender_id == key, IS_SLOT, EVENTS.c.action_name.in_(names)
        )
        found: dict[str, list[Any]] = {}
        # put in order here: asked to, SQLite would go through the whole conversation instead
        for event in sorted(self._read(query), key=lambda event: event.id):
            found.setdefault(str(event.data.get("name")), []).append(event.data.get("value"))
        return found

    def last_slot(self, key: str, name: str) -> Any:
        """The value that a slot has now, None when it was never set."""
        query = sa.select(EVENTS).where(
            EVENTS.c.sender_id == key, IS_SLOT, EVENTS.c.action_name == name
        )
        found = self._read(query.order_by(EVENTS.c.id.desc()).limit(1))
        return found[0].data.get("value") if found else None

    def _read(self, query: Any) -> list[Event]:
        return [
            Event(row.id, row.sender_id, row.type_name, row.timestamp or 0.0, json.loads(row.data))
            for row in rows(self._engine, query)
        ]


def store() -> Store:
    """The store that endpoints.yml names.

    Raises:
        SettingError: it names none that can be read from here.
    """
    given = os.environ.get(ENDPOINTS)
    return _open(Path(given) if given else settings.ROOT / "endpoints.yml")


@cache
def _open(path: Path) -> Store:
    return Store(address(path).render_as_string(hide_password=False))


def address(path: Path) -> URL:
    """The address of the tracker store that an endpoints file names.

    Raises:
        SettingError: the file is missing, or names no SQL store.
    """
    content = YAML(typ="safe").load(path) if path.exists() else None
    named = (content or {}).get("tracker_store")
    if not named or not named.get("dialect"):
        raise SettingError(ENDPOINTS, f"{path} must name a tracker_store with a dialect")
    filled = {key: _filled(value) for key, value in named.items()}
    if filled["dialect"].startswith("sqlite"):
        file = str(filled["db"]).removeprefix(".local/")
        is_ours = file != filled["db"]
        place = settings.local_folder() / file if is_ours else settings.ROOT / file
        return URL.create("sqlite", database=str(place))
    return URL.create(
        filled["dialect"],
        username=filled.get("username"),
        password=filled.get("password"),
        host=filled.get("url"),
        port=int(filled["port"]) if filled.get("port") else None,
        database=filled.get("db"),
    )


def _filled(value: Any) -> str:
    return _VARIABLE.sub(lambda match: os.environ.get(match[1], ""), str(value))


def rows(engine: Engine, query: Any) -> Sequence[Any]:
    """The rows of a query; none while the assistant has never run and made its tables."""
    try:
        with engine.connect() as connection:
            found: Sequence[Any] = connection.execute(query).all()
    except (OperationalError, ProgrammingError) as error:
        if any(words in str(error) for words in ("no such table", "does not exist")):
            return []
        raise
    return found
