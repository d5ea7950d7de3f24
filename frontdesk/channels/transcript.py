"""What was said on the website, for reload, exactly-once answers and staff replies."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from frontdesk.database import open_engine

STALE = timedelta(seconds=60)  # a turn begun this long ago and not ended was cut off

_tables = sa.MetaData()

_messages = sa.Table(
    "website_message",
    _tables,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("conversation", sa.String(32), nullable=False),
    sa.Column("id", sa.String(36), nullable=False),
    sa.Column("sender", sa.String(9), nullable=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("turn", sa.String(36), nullable=False, default=""),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("extras", sa.Text, nullable=False),
    sa.UniqueConstraint("conversation", "id"),
    sa.Index("website_message_conversation_seq", "conversation", "seq"),
    sqlite_autoincrement=True,
)
_offers = sa.Table(
    "website_offer",
    _tables,
    sa.Column("conversation", sa.String(32), primary_key=True),
    sa.Column("id", sa.String(24), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
)
_turns = sa.Table(
    "website_turn",
    _tables,
    sa.Column("conversation", sa.String(32), primary_key=True),
    sa.Column("id", sa.String(36), primary_key=True),
    sa.Column("begun", sa.String(32), nullable=False),
    sa.Column("is_done", sa.Boolean, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A button the assistant offered in a conversation."""

    title: str
    payload: str
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a conversation, as kept."""

    id: str
    sender: str
    text: str
    turn: str = ""
    sources: Sequence[dict[str, str]] = ()
    card: dict[str, Any] | None = None
    offers: Sequence[Offer] = ()
    at: str = ""
    seq: int = 0

    def shown(self) -> dict[str, Any]:
        """The message as the chat window receives it."""
        message: dict[str, Any] = {
            "id": self.id,
            "from": self.sender,
            "at": self.at,
            "text": self.text,
            "buttons": [{"id": offer.id, "title": offer.title} for offer in self.offers],
            "sources": list(self.sources),
        }
        return message | ({"card": self.card} if self.card else {})


class Transcript:
    """The store, on SQLite or PostgreSQL."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        _tables.create_all(self._engine)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            yield connection

    def begin(self, conversation: str, entry: Entry) -> Entry | None:
        """Begin the turn of a visitor's message, and keep the message.

        Returns:
            The message as kept, for one caller only; nothing for all others until the turn is
            cut off.
        """
        begun = _now()
        turn = {"conversation": conversation, "id": entry.id, "begun": begun, "is_done": False}
        row = _row(conversation, entry)
        try:
            with self._writing() as connection:
                connection.execute(_turns.insert(), turn)
                key = connection.execute(_messages.insert(), row).inserted_primary_key
        except IntegrityError:
            is_ours = self._take_over(conversation, entry.id, begun)
            return self.add(conversation, entry) if is_ours else None
        return _entry({**row, "seq": key[0]})

    def _take_over(self, conversation: str, turn: str, begun: str) -> bool:
        stale = (datetime.now(timezone.utc) - STALE).isoformat()
        with self._writing() as connection:
            taken = connection.execute(
                _turns.update()
                .where(_turns.c.conversation == conversation, _turns.c.id == turn)
                .where(_turns.c.is_done.is_(False), _turns.c.begun < stale)
                .values(begun=begun)
            )
        return bool(taken.rowcount)

    def release(self, conversation: str, turn: str) -> None:
        """Forget a turn that came to nothing, so that it may be tried again."""
        with self._writing() as connection:
            for table in (_turns, _messages):
                connection.execute(
                    table.delete().where(table.c.conversation == conversation, table.c.id == turn)
                )

    def finish(self, conversation: str, turn: str) -> None:
        """End a turn: from now on its answer is what is kept."""
        with self._writing() as connection:
            connection.execute(
                _turns.update()
                .where(_turns.c.conversation == conversation, _turns.c.id == turn)
                .values(is_done=True)
            )

    def is_done(self, conversation: str, turn: str) -> bool:
        """Whether a turn has its answer."""
        query = sa.select(_turns.c.is_done).where(
            _turns.c.conversation == conversation, _turns.c.id == turn
        )
        with self._engine.connect() as connection:
            return bool(connection.execute(query).scalar())

    def add(self, conversation: str, entry: Entry) -> Entry:
        """Keep a message and its buttons; one already kept stays as it was.

        Returns:
            The entry with its time and number.
        """
        row = _row(conversation, entry)
        offers = [
            {"conversation": conversation, "id": o.id, "title": o.title, "payload": o.payload}
            for o in entry.offers
        ]
        try:
            with self._writing() as connection:
                key = connection.execute(_messages.insert(), row).inserted_primary_key
                if offers:
                    connection.execute(_offers.insert(), offers)
        except IntegrityError:
            return next(kept for kept in self.since(conversation, 0) if kept.id == entry.id)
        return _entry({**row, "seq": key[0]})

    def offer(self, conversation: str, button: str) -> Offer | None:
        """A button offered in this conversation, or nothing."""
        query = sa.select(_offers).where(
            _offers.c.conversation == conversation, _offers.c.id == button
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).mappings().first()
        return Offer(row["title"], row["payload"], row["id"]) if row else None

    def since(self, conversation: str, cursor: int, most: int = 500) -> list[Entry]:
        """The messages after a cursor, oldest first; the newest ``most`` when there are more."""
        query = (
            sa.select(_messages)
            .where(_messages.c.conversation == conversation, _messages.c.seq > cursor)
            .order_by(_messages.c.seq.desc())
            .limit(most)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [_entry(row) for row in reversed(rows)]

    def of_turn(self, conversation: str, turn: str) -> list[Entry]:
        """The messages of one turn, the visitor's first."""
        query = (
            sa.select(_messages)
            .where(_messages.c.conversation == conversation, _messages.c.turn == turn)
            .order_by(_messages.c.seq)
        )
        with self._engine.connect() as connection:
            return [_entry(row) for row in connection.execute(query).mappings()]


def _row(conversation: str, entry: Entry) -> dict[str, Any]:
    extras = {
        "sources": list(entry.sources),
        "card": entry.card,
        "offers": [{"id": o.id, "title": o.title, "payload": o.payload} for o in entry.offers],
    }
    return {
        "conversation": conversation,
        "id": entry.id,
        "sender": entry.sender,
        "at": entry.at or _now(),
        "turn": entry.turn,
        "text": entry.text,
        "extras": json.dumps(extras, ensure_ascii=False),
    }


def _entry(row: Any) -> Entry:
    extras = json.loads(row["extras"])
    return Entry(
        id=row["id"],
        sender=row["sender"],
        text=row["text"],
        turn=row["turn"],
        sources=extras["sources"],
        card=extras["card"],
        offers=tuple(Offer(**offer) for offer in extras["offers"]),
        at=row["at"],
        seq=row["seq"],
    )


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")
