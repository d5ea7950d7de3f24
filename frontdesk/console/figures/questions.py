"""What visitors ask again and again and the assistant does not understand."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from frontdesk.console.figures import selectors
from frontdesk.console.figures.grouping import EXAMPLES, grouped
from frontdesk.console.figures.period import Period
from frontdesk.console.figures.selectors import Unanswered

MOST_GROUPS = 20
KEPT = 3600  # seconds


@dataclass(frozen=True, slots=True)
class Question:
    """Messages that are alike: how many there are, and some of them in other words."""

    count: int
    examples: list[Unanswered]


def asked(period: Period) -> list[Question]:
    """The questions asked most often; they are grouped anew when there is another message."""
    messages = selectors.unanswered(period)
    key = f"questions-{period.length}-{len(messages)}-{max((m.event for m in messages), default=0)}"
    kept: list[Question] | None = cache.get(key)
    if kept is None:
        kept = _questions(messages)
        cache.set(key, kept, KEPT)
    return kept


def _questions(messages: list[Unanswered]) -> list[Question]:
    groups = grouped([message.text for message in messages])
    return [
        Question(len(group.members), _different([messages[one] for one in group.members]))
        for group in groups
    ]


def _different(messages: list[Unanswered]) -> list[Unanswered]:
    """The first few that are not worded the same."""
    by_words = {" ".join(message.text.lower().split()): message for message in reversed(messages)}
    wordings = dict.fromkeys(" ".join(message.text.lower().split()) for message in messages)
    return [by_words[words] for words in list(wordings)[:EXAMPLES]]
