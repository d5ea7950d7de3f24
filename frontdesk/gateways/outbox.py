"""Keeps what has to reach another system until it has, however long that takes."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import structlog

from frontdesk.database import open_engine
from frontdesk.domain.errors import FrontdeskError

FIRST_WAIT, LONGEST_WAIT = 5.0, 3600.0  # seconds between tries, doubled each time
GIVEN_UP = 3 * 86_400.0  # seconds after which staff have to look at it
IN_HAND = 30.0  # seconds in which whoever wrote a letter delivers it, before anybody else tries
WAITING, DEAD = "waiting", "dead"

LETTERS = sa.Table(
    "frontdesk_outbox",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", sa.String(64), nullable=False, unique=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.String(10), nullable=False, index=True),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("next_try", sa.Float, nullable=False),
    sa.Column("written", sa.Float, nullable=False),
    sa.Column("why", sa.String(50), nullable=False),
)

log = structlog.get_logger()


class Refused(FrontdeskError):
    """The other side will never take a letter: somebody has to look at it."""

    code = "refused"


@dataclass(frozen=True, slots=True)
class Letter:
    """What has to be delivered once: ``key`` tells the other side that it is the same again."""

    key: str
    kind: str
    body: dict[str, Any]
    tries: int = 0
    written: float = 0.0
    why: str = ""


class Outbox:
    """Letters in the database that messages pass through; delivered ones leave no trace."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        LETTERS.metadata.create_all(self._engine)

    def write(self, key: str, kind: str, body: dict[str, Any], now: float | None = None) -> None:
        """Keep a letter before it is sent; the same key again changes nothing."""
        at = time.time() if now is None else now
        row = {
            "key": key,
            "kind": kind,
            "body": json.dumps(body),
            "state": WAITING,
            "tries": 0,
            "next_try": at + IN_HAND,
            "written": at,
            "why": "",
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(LETTERS.insert().values(**row))
        except sa.exc.IntegrityError:
            return

    def release(self, key: str, now: float | None = None) -> None:
        """Whoever wrote it could not deliver it: anybody may try from now on."""
        at = time.time() if now is None else now
        self._set(key, next_try=at + FIRST_WAIT, tries=1)

    def remove(self, key: str) -> None:
        """It arrived, or was taken back."""
        with self._engine.begin() as connection:
            connection.execute(LETTERS.delete().where(LETTERS.c.key == key))

    def deliver(self, send: Callable[[Letter], None], now: float | None = None) -> int:
        """Try all letters that are due, oldest first.

        Returns:
            How many arrived.
        """
        at = time.time() if now is None else now
        arrived = 0
        for letter in self._due(at):
            # nobody else takes it meanwhile, and a crash in here leaves it waiting
            wait = min(FIRST_WAIT * 2**letter.tries, LONGEST_WAIT)
            if not self._claim(letter, at + wait):
                continue
            try:
                send(letter)
            except Refused as error:
                self._set(letter.key, state=DEAD, why=error.code)
                log.warning("letter_refused", kind=letter.kind, code=error.code)
            except FrontdeskError as error:
                is_old = at - letter.written > GIVEN_UP
                self._set(letter.key, why=error.code, **({"state": DEAD} if is_old else {}))
                if is_old:
                    log.warning("letter_given_up", kind=letter.kind, code=error.code)
            else:
                self.remove(letter.key)
                arrived += 1
        return arrived

    def resend(self, key: str) -> None:
        """Try a dead letter again."""
        self._set(key, state=WAITING, tries=0, next_try=0.0, written=time.time(), why="")

    def all(self, state: str = WAITING) -> list[Letter]:
        """The letters in a state, oldest first."""
        return self._read(LETTERS.c.state == state)

    def _due(self, at: float) -> list[Letter]:
        return self._read((LETTERS.c.state == WAITING) & (LETTERS.c.next_try <= at))

    def _claim(self, letter: Letter, next_try: float) -> bool:
        same = (LETTERS.c.key == letter.key) & (LETTERS.c.tries == letter.tries)
        changed = LETTERS.update().where(same).values(tries=letter.tries + 1, next_try=next_try)
        with self._engine.begin() as connection:
            return bool(connection.execute(changed).rowcount)

    def _set(self, key: str, **values: Any) -> None:
        with self._engine.begin() as connection:
            connection.execute(LETTERS.update().where(LETTERS.c.key == key).values(**values))

    def _read(self, which: Any) -> list[Letter]:
        query = sa.select(LETTERS).where(which).order_by(LETTERS.c.id)
        with self._engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        return [
            Letter(
                row["key"],
                row["kind"],
                json.loads(row["body"]),
                row["tries"],
                row["written"],
                row["why"],
            )
            for row in rows
        ]


class Postman(threading.Thread):
    """Tries what is due every few seconds, for as long as the process lives."""

    def __init__(
        self, outbox: Outbox, send: Callable[[Letter], None], every: float = FIRST_WAIT
    ) -> None:
        super().__init__(name="postman", daemon=True)
        self._outbox, self._send, self._every = outbox, send, every
        self.stopped = threading.Event()

    def run(self) -> None:
        """Deliver until stopped (see threading)."""
        while not self.stopped.wait(self._every):
            try:
                self._outbox.deliver(self._send)
            except Exception:  # whatever it was, the next letters must go out
                log.exception("outbox_failed")
