"""Who is behind a conversation id: the way back to a person, kept in one table only."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from frontdesk.channels.tables import PEOPLE, insert


@dataclass(frozen=True, slots=True)
class Person:
    """Where to write to somebody, and when they last wrote."""

    conversation: str
    address: dict[str, str]
    heard_at: float
    is_greeted: bool


class People:
    """The people of one channel."""

    def __init__(self, engine: Engine, channel: str, key: str) -> None:
        self._engine, self._channel, self._key = engine, channel, key.encode()

    def conversation(self, person: str) -> str:
        """The conversation of a provider's person, from which nobody can tell who it is."""
        return f"{self._channel}-{self._hidden('person', person)[:32]}"

    def claim(self, delivery: str) -> str:
        """What stands for a delivery; some providers put telephone numbers into their ids."""
        return self._hidden("delivery", delivery)

    def _hidden(self, what: str, name: str) -> str:
        words = f"{self._channel}\0{what}\0{name}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, words, hashlib.sha256).hexdigest()

    def meet(self, connection: Connection, conversation: str, address: dict[str, str]) -> None:
        """Note that somebody wrote, and where an answer goes."""
        row = {
            "conversation": conversation,
            "channel": self._channel,
            "address": json.dumps(address),
            "heard_at": time.time(),
            "is_greeted": False,
            "holder": "",
            "held_until": 0.0,
        }
        fresh = {"address": row["address"], "heard_at": row["heard_at"]}
        query = insert(self._engine, PEOPLE).values(row)
        query = query.on_conflict_do_update(index_elements=["conversation"], set_=fresh)
        connection.execute(query)

    def find(self, conversation: str) -> Person | None:
        """The person of a conversation, or nothing when they were erased or never wrote."""
        query = sa.select(PEOPLE).where(PEOPLE.c.conversation == conversation)
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        if row is None:
            return None
        address = json.loads(row["address"])
        return Person(conversation, address, row["heard_at"], row["is_greeted"])

    def greeted(self, conversation: str) -> None:
        """Note that somebody was told whom they write with."""
        query = PEOPLE.update().where(PEOPLE.c.conversation == conversation)
        with self._engine.begin() as connection:
            connection.execute(query.values(is_greeted=True))
