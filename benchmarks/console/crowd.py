"""Who writes what and when: the same every time, made of the recorded turns."""

from __future__ import annotations

import datetime
import hashlib
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.console.turns import Pattern, Turn, booked, topics
from benchmarks.words import words
from frontdesk.domain.handoff import Reason
from frontdesk.settings import ROOT

DAYS = 90
EVENTS = 30  # of an ordinary conversation, on average
LONG = 20_000  # events of a very long conversation
LONG_ONES = 5
CHANNELS = {"website": 62, "whatsapp": 18, "sms": 9, "telegram": 6, "messenger": 5}
TOPICS = {
    "information": 30,
    "health": 14,
    "recommendation": 18,
    "red_flag": 1,
    "person": 4,
    "misunderstood": 8,
    "booking": 10,
    "practical": 25,
}
REASONS = {
    ("red_flag", 2): Reason.RED_FLAG,
    ("person", 2): Reason.PERSON,
    ("misunderstood", 2): Reason.MISUNDERSTOOD,
}
BOOKED = 0.06  # of conversations
RARE = "bergamot"  # a word that a few messages hold
Row = tuple[str, str, float, str | None, str | None, str]


@dataclass(frozen=True, slots=True)
class Said:
    """One turn in somebody's conversation, and when."""

    at: float
    who: int
    number: int
    turn: Turn


class Crowd:
    """A number of conversations, ``first`` the number of the first of them."""

    def __init__(self, conversations: int, ends: datetime.datetime, first: int = 0) -> None:
        self._random = random.Random(first)
        self._ends, self._first, self._many = ends.timestamp(), first, conversations
        self._topics = topics()
        self._phrases = _phrases()
        self._booked = booked()
        self.handoffs: list[tuple[str, str, float]] = []

    def rows(self, days: float = DAYS, *, long: bool = True) -> Iterator[Row]:
        """The events as rows of the tracker store, in the order in which they happened."""
        plan = [one for who in range(self._many) for one in self._ordinary(who, days)]
        if long:
            plan += [one for who in range(LONG_ONES) for one in self._long(self._many + who, days)]
        plan.sort(key=lambda one: one.at)
        for said in plan:
            yield from self._written(said)

    def _ordinary(self, who: int, days: float) -> list[Said]:
        at = self._ends - self._random.random() * days * 86_400
        many = min(1 + int(self._random.expovariate(1 / 3.03)), 40)
        return self._turns(who, at, many, 8, 90)

    def _long(self, who: int, days: float) -> list[Said]:
        at = self._ends - days * 86_400
        many = int(LONG / 6.85)
        pause = days * 86_400 / many
        return self._turns(who, at, many, pause * 0.5, pause * 1.4)

    def _turns(self, who: int, at: float, many: int, least: float, most: float) -> list[Said]:
        said = [Said(at, who, 0, self._topics["practical"][0])]
        turns = itertools.chain.from_iterable(iter(self._topic, None))
        for number, (place, turn) in enumerate(itertools.islice(turns, many), 1):
            at += self._random.uniform(least, most)
            if at > self._ends:
                break
            said.append(Said(at, who, number, turn))
            reason = REASONS.get((turn.topic, place))
            if reason:
                self.handoffs.append((self._key(who), reason.value, at + 0.2))
        return said

    def _topic(self) -> list[tuple[int, Turn]]:
        name = self._random.choices(list(TOPICS), list(TOPICS.values()))[0]
        return list(enumerate(self._topics[name]))[1:]

    def _key(self, who: int) -> str:
        return hashlib.md5(f"{self._first + who}".encode()).hexdigest()

    def _written(self, said: Said) -> Iterator[Row]:
        key, chance = self._key(said.who), random.Random(self._first + said.who)
        channel = chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        events: tuple[Pattern, ...] = said.turn.events
        if said.number == 2 and chance.random() < BOOKED * 2:
            events = (*events, self._booked)
        values = {
            "channel": f'"{channel}"',
            "words": self._words(),
            "id": f'"{key[:8]}-{said.number}"',
            "confidence": f"{1 - self._random.random() ** 2 * 0.75:.6f}",
            "reference": f'"HM-{key[:4].upper()}"',
        }
        for event in events:
            at = said.at + event.after
            values["at"] = repr(at)
            yield key, event.kind, at, event.intent, event.action, event.filled(values)

    def _words(self) -> str:
        """What is added to a message, so that one differs from the next."""
        chance = self._random.random()
        if chance < 0.5:
            return ""
        rare = f" {RARE}" if chance > 0.9999 else ""
        return f", {self._phrases[int(chance * 1e6) % len(self._phrases)]}{rare}"


def _phrases() -> list[str]:
    """What people say, from the phrases the assistant learns from; nothing that needs quotes."""
    every = [
        line[2:]
        for path in sorted((ROOT / "data" / "nlu").glob("*.yml"))
        for line in words(path, "nlu")[0]["examples"].splitlines()
    ]
    return [line for line in every if not set(line) & set('"\\[]') and line.isascii()]
