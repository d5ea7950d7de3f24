"""What came in and has no answer yet, and what goes out and has not arrived yet."""

from __future__ import annotations

import json
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from frontdesk.channels.tables import INBOUND, OUTBOUND, PEOPLE, insert

HELD = 15.0  # seconds after which whoever held a conversation is taken for dead
KEPT = 7 * 86_400.0  # seconds a delivery is remembered, so that a late copy is known

Piece = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that came in; ``body`` is empty once it needs no answer."""

    claim: str
    conversation: str
    body: str
    seq: int = 0
    tries: int = 0


class Mailbox:
    """Inbound and outbound mail of one channel, shared by all workers."""

    def __init__(self, engine: Engine, channel: str) -> None:
        self._engine, self._channel = engine, channel

    def known(self, claims: Collection[str]) -> set[str]:
        """Those of some deliveries that came before."""
        query = sa.select(INBOUND.c.claim).where(INBOUND.c.claim.in_(list(claims)))
        with self._engine.connect() as connection:
            return {str(row[0]) for row in connection.execute(query)}

    def accept(self, connection: Connection, letters: Sequence[Letter]) -> None:
        """Keep letters for answering; one that came before stays as it is."""
        rows = [
            {
                "claim": letter.claim,
                "conversation": letter.conversation,
                "body": letter.body,
                "is_done": False,
                "tries": 0,
                "at": time.time(),
            }
            for letter in letters
        ]
        query = insert(self._engine, INBOUND).on_conflict_do_nothing(index_elements=["claim"])
        for row in rows:
            connection.execute(query, row)

    # --- whose turn it is to work on a conversation

    def hold(self, conversation: str, holder: str) -> bool:
        """Take a conversation in hand; only one of all workers can."""
        now = time.time()
        change = (
            PEOPLE.update()
            .where(PEOPLE.c.conversation == conversation)
            .where((PEOPLE.c.held_until < now) | (PEOPLE.c.holder == holder))
        )
        with self._engine.begin() as connection:
            taken = connection.execute(change.values(holder=holder, held_until=now + HELD))
        return bool(taken.rowcount)

    def let_go(self, conversation: str, holder: str) -> None:
        """Leave a conversation to whoever wants it next."""
        change = PEOPLE.update().where(
            PEOPLE.c.conversation == conversation, PEOPLE.c.holder == holder
        )
        with self._engine.begin() as connection:
            connection.execute(change.values(holder="", held_until=0.0))

    def left_over(self) -> list[str]:
        """Conversations of this channel with something to do that nobody has in hand."""
        waiting = sa.select(INBOUND.c.conversation).where(INBOUND.c.is_done.is_(False))
        leaving = sa.select(OUTBOUND.c.conversation)
        query = sa.select(PEOPLE.c.conversation).where(
            PEOPLE.c.conversation.in_(waiting.union(leaving)),
            PEOPLE.c.channel == self._channel,
            PEOPLE.c.held_until < time.time(),
        )
        with self._engine.connect() as connection:
            return [str(row[0]) for row in connection.execute(query)]

    # --- working on it

    def next(self, conversation: str) -> Letter | None:
        """The oldest letter without an answer; each look counts as a try."""
        query = (
            sa.select(INBOUND)
            .where(INBOUND.c.is_done.is_(False), INBOUND.c.conversation == conversation)
            .order_by(INBOUND.c.seq)
            .limit(1)
        )
        with self._engine.begin() as connection:
            row = connection.execute(query).mappings().first()
            if row is None:
                return None
            change = INBOUND.update().where(INBOUND.c.seq == row["seq"])
            connection.execute(change.values(tries=row["tries"] + 1))
        return Letter(row["claim"], conversation, row["body"], row["seq"], row["tries"] + 1)

    def answered(self, letter: Letter, pieces: Sequence[Piece]) -> None:
        """Put the answer to a letter into the post and forget what the letter said, in one step."""
        rows = [
            {"conversation": letter.conversation, "body": json.dumps(piece)} for piece in pieces
        ]
        with self._engine.begin() as connection:
            done = connection.execute(
                INBOUND.update()
                .where(INBOUND.c.seq == letter.seq, INBOUND.c.is_done.is_(False))
                .values(is_done=True, body="")
            )
            if rows and done.rowcount:
                connection.execute(OUTBOUND.insert(), rows)

    def leaving(self, conversation: str) -> tuple[int, Piece] | None:
        """The oldest piece that has not arrived, with its number."""
        query = (
            sa.select(OUTBOUND.c.seq, OUTBOUND.c.body)
            .where(OUTBOUND.c.conversation == conversation)
            .order_by(OUTBOUND.c.seq)
            .limit(1)
        )
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return (int(row[0]), json.loads(row[1])) if row else None

    def arrived(self, seq: int) -> None:
        """Delete a piece that arrived, or never will."""
        with self._engine.begin() as connection:
            connection.execute(OUTBOUND.delete().where(OUTBOUND.c.seq == seq))

    def forget(self) -> None:
        """Delete what is remembered of deliveries that are long over."""
        long_ago = time.time() - KEPT
        with self._engine.begin() as connection:
            connection.execute(
                INBOUND.delete().where(INBOUND.c.at < long_ago, INBOUND.c.is_done.is_(True))
            )
