"""Measures how often messages that nobody trained on are understood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp

from benchmarks.bots import Bot
from benchmarks.places import BENCH, DEVELOPMENT, HELD_OUT
from benchmarks.table import Limit, Row
from benchmarks.words import words

CONFUSIONS = BENCH / "confusions.txt"
OUT_OF_SCOPE = "out_of_scope"
REFUSALS = (OUT_OF_SCOPE, "nlu_fallback")
KINDS = ("treatment", "pain_area", "pain_cause", "pressure")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a message is about, and what it was taken for."""

    text: str
    intent: str
    guess: str

    @property
    def is_right(self) -> bool:
        """Whether it was understood."""
        return self.intent == self.guess


@dataclass(frozen=True, slots=True)
class Score:
    """Shares in percent of a list of guesses."""

    overall: float
    in_scope: float
    recall: float
    refused: float

    @classmethod
    def of(cls, guesses: Sequence[Guess]) -> Score:
        """Count the guesses; a fallback for a message out of scope is not counted as right."""
        ours = [one for one in guesses if one.intent != OUT_OF_SCOPE]
        others = [one for one in guesses if one.intent == OUT_OF_SCOPE]
        return cls(
            percent([one.is_right for one in guesses]),
            percent([one.is_right for one in ours]),
            percent([one.is_right for one in others]),
            percent([one.guess in REFUSALS for one in ours]),
        )


def percent(verdicts: Sequence[bool]) -> float:
    """The share of what is true."""
    return 100 * sum(verdicts) / len(verdicts) if verdicts else 0.0


def messages() -> tuple[dict[str, list[str]], list[dict[str, Any]]]:
    """The messages of each intent, and those with entities.

    Those with entities have been looked at, and are named so in the table.

    Raises:
        NotMeasured: a file is missing.
    """
    return (
        words(HELD_OUT / "intents.yml", "intents"),
        words(DEVELOPMENT / "entities.yml", "messages"),
    )


async def guesses(bot: Bot, http: aiohttp.ClientSession) -> list[Guess]:
    """What a bot takes each held-out message for."""
    return [
        Guess(text, intent, (await bot.read(http, text))["intent"]["name"])
        for intent, texts in messages()[0].items()
        for text in texts
    ]


async def entities(bot: Bot, http: aiohttp.ClientSession) -> float:
    """The share of messages of which all is found, and nothing that is not there."""
    verdicts = []
    for message in messages()[1]:
        expected = {(kind, one) for kind, all_ in message["entities"].items() for one in all_}
        reading = await bot.read(http, message["text"])
        found = {(str(one["entity"]), str(one["value"])) for one in reading["entities"]}
        verdicts.append({one for one in found if one[0] in KINDS} == expected)
    return percent(verdicts)


def rows(ours: Score, default: Score | None, all_found: float) -> list[Row]:
    """The lines of the table."""
    limits = {
        "overall": ("intents right, held-out messages", Limit(93, at_least=True)),
        "in_scope": ("intents right, of our subjects", None),
        "recall": ("out of scope, noticed", Limit(85, at_least=True)),
        "refused": ("of our subjects, refused", Limit(4)),
    }
    table = []
    for name, (measure, limit) in limits.items():
        other = None if default is None else float(getattr(default, name))
        table.append(Row(measure, getattr(ours, name), other, "%", 1, limit))
    return [*table, Row("entities all right, development messages", all_found, None, "%")]


def note_confusions(found: Sequence[Guess]) -> None:
    """Write down what was taken for what, most frequent first."""
    wrong = [one for one in found if not one.is_right]
    counts = Counter((one.intent, one.guess) for one in wrong)
    lines = []
    for (intent, guess), count in counts.most_common():
        lines.append(f"{count}  {intent} taken for {guess}")
        lines += [f"     {one.text}" for one in wrong if (one.intent, one.guess) == (intent, guess)]
    CONFUSIONS.write_text("\n".join(lines) + "\n", encoding="utf-8")
