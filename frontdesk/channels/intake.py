"""Keeps what comes in for answering: once, and no more of one person than the pace allows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.engine import Engine

from frontdesk.channels.heard import Heard, Kind
from frontdesk.channels.mailbox import Letter, Mailbox
from frontdesk.channels.pace import Pace, TooMany
from frontdesk.channels.people import People


class Intake:
    """One channel's way into the mailbox."""

    def __init__(
        self, engine: Engine, people: People, mailbox: Mailbox, pace: str, redis_url: str
    ) -> None:
        self._engine, self._people, self._mailbox = engine, people, mailbox
        self._pace = Pace(pace, redis_url)
        self._notice_pace = Pace("1 per minute", redis_url)

    def keep(self, heard: Sequence[Heard]) -> list[str]:
        """Keep what is new; from here on nothing is lost.

        Returns:
            The conversations in which there is something to answer.
        """
        claimed = {self._people.claim(one.id): one for one in heard}
        for claim in self._mailbox.known(claimed) if claimed else ():
            del claimed[claim]
        letters = {}
        for claim, one in claimed.items():
            conversation = self._people.conversation(one.person)
            paced = self._paced(conversation, one)
            if paced is not None:
                letters[claim] = Letter(claim, conversation, paced.packed())
        if letters:
            with self._engine.begin() as connection:
                for claim, letter in letters.items():
                    self._people.meet(connection, letter.conversation, claimed[claim].address)
                self._mailbox.accept(connection, list(letters.values()))
        return [letter.conversation for letter in letters.values()]

    def _paced(self, conversation: str, heard: Heard) -> Heard | None:
        """The message; over the pace that it is too much, and that only once a minute."""
        try:
            self._pace.take("message", conversation)
        except TooMany:
            try:
                self._notice_pace.take("notice", conversation)
            except TooMany:
                return None
            return Heard(heard.id, heard.person, heard.address, Kind.TOO_MANY)
        return heard
