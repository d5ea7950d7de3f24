"""The buttons that were offered to people; nothing else that comes in carries a payload."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from frontdesk.channels.tables import OFFERS

NUMBER = re.compile(r"\W*(?:(?:reply|option|number|no)\W*)?(\d{1,2})\W*", re.IGNORECASE)
KEPT = 30 * 86_400.0  # seconds after which a button is forgotten


@dataclass(frozen=True, slots=True)
class Offer:
    """One button; ``number`` counts through everything that was offered together."""

    id: str
    question: str
    number: int
    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Press:
    """What somebody picked: the offer, or whether it was picked before."""

    offer: Offer | None = None
    is_again: bool = False


class Offers:
    """What is offered to whom."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, conversation: str, buttons: Sequence[tuple[str, str]]) -> list[Offer]:
        """Offer buttons, given as title and payload, beside those on offer already."""
        question = secrets.token_hex(8)
        with self._engine.begin() as connection:
            first = 1 + self._count(connection, conversation)
            offers = [
                Offer(secrets.token_urlsafe(9), question, first + at, title, payload)
                for at, (title, payload) in enumerate(buttons)
            ]
            if offers:
                connection.execute(OFFERS.insert(), [_row(conversation, one) for one in offers])
        return offers

    def _count(self, connection: Connection, conversation: str) -> int:
        query = sa.select(sa.func.max(OFFERS.c.number)).where(
            OFFERS.c.conversation == conversation, OFFERS.c.is_current.is_(True)
        )
        return int(connection.execute(query).scalar() or 0)

    def sent(self, question: str, noted: str) -> None:
        """Note the message under which a question's buttons stand."""
        with self._engine.begin() as connection:
            change = OFFERS.update().where(OFFERS.c.question == question)
            connection.execute(change.values(sent_as=noted))

    def press(self, conversation: str, button: str, claim: str) -> Press:
        """What a button stands for, to one message (``claim``) however often that is tried."""
        return self._take(claim, OFFERS.c.conversation == conversation, OFFERS.c.id == button)

    def pick(self, conversation: str, typed: str, claim: str) -> Press:
        """What a typed number stands for in the list that was just sent."""
        match = NUMBER.fullmatch(typed)
        if match is None:
            return Press()
        return self._take(
            claim,
            OFFERS.c.conversation == conversation,
            OFFERS.c.number == int(match[1]),
            OFFERS.c.is_current.is_(True),
        )

    def _take(self, claim: str, *which: object) -> Press:
        with self._engine.begin() as connection:
            row = connection.execute(sa.select(OFFERS).where(*which)).mappings().first()
            if row is None:
                return Press()
            taken = connection.execute(
                OFFERS.update()
                .where(OFFERS.c.question == row["question"])
                .where(OFFERS.c.pressed_by.in_(["", claim]))
                .values(pressed_by=claim)
            )
            if not taken.rowcount:
                return Press(is_again=True)
        return Press(_offer(row))

    def close(self, conversation: str) -> list[str]:
        """End what is on offer, since the talk went on.

        Returns:
            What was noted of the messages under which the buttons stand.
        """
        which = (OFFERS.c.conversation == conversation, OFFERS.c.is_current.is_(True))
        query = sa.select(OFFERS.c.sent_as).distinct().where(*which, OFFERS.c.sent_as != "")
        with self._engine.begin() as connection:
            noted = [str(row[0]) for row in connection.execute(query)]
            change = OFFERS.update().where(*which)
            connection.execute(change.values(is_current=False, sent_as=""))
        return noted

    def forget(self) -> None:
        """Delete buttons nobody will press any more."""
        with self._engine.begin() as connection:
            connection.execute(OFFERS.delete().where(OFFERS.c.at < time.time() - KEPT))


def _row(conversation: str, offer: Offer) -> dict[str, object]:
    return {
        "id": offer.id,
        "conversation": conversation,
        "question": offer.question,
        "number": offer.number,
        "title": offer.title,
        "payload": offer.payload,
        "sent_as": "",
        "is_current": True,
        "pressed_by": "",
        "at": time.time(),
    }


def _offer(row: object) -> Offer:
    fields = ("id", "question", "number", "title", "payload")
    return Offer(*(row[name] for name in fields))  # type: ignore[index]
