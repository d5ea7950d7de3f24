"""What the list of doubted messages shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.console.conversations.models import Message
from frontdesk.console.conversations.understood import Said
from frontdesk.console.learning import doubts
from frontdesk.console.learning.doubts import PAGE, Place
from frontdesk.console.learning.models import Correction
from frontdesk.console.learning.original import UNTAUGHT, all_heard, guesses
from frontdesk.console.learning.phrases import has_token


@dataclass(frozen=True, slots=True)
class Doubt:
    """A message to look at, for itself and the others in the same words."""

    message: Message
    heard: Said | None
    count: int

    @property
    def guesses(self) -> Sequence[tuple[str, float]]:
        """What else it may have meant, likeliest first."""
        return guesses(self.heard) if self.heard else ()

    @property
    def is_personal(self) -> bool:
        """Whether something in it was masked, so that it needs other words to be learned."""
        return has_token(self.message.masked)

    @property
    def can_accept(self) -> bool:
        """Whether it was taken for anything that can be right."""
        return self.message.intent not in UNTAUGHT

    @property
    def others(self) -> int:
        """How many more messages are in the same words."""
        return max(self.count - 1, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the list; ``after`` leads on."""

    doubts: Sequence[Doubt]
    after: Place | None


def doubted(after: Place | None = None) -> Page:
    """One page of the list, the most doubted first."""
    places = doubts.most_doubted(after, PAGE + 1)
    shown = places[:PAGE]
    found = Message.objects.select_related("conversation").in_bulk([one.event for one in shown])
    messages = [found[one.event] for one in shown if one.event in found]
    return Page(described(messages), shown[-1] if len(places) > PAGE else None)


def described(messages: Sequence[Message]) -> list[Doubt]:
    """Messages with the next guesses and how many are like them."""
    counts = doubts.how_many_alike([one.event for one in messages])
    heard = all_heard(messages)
    return [Doubt(one, heard.get(one.event), counts.get(one.event, 0)) for one in messages]


def waiting() -> Sequence[Correction]:
    """The corrections that are not exported, oldest first."""
    found = Correction.objects.filter(exported_at=None).exclude(status=Correction.Status.ASIDE)
    return list(found.exclude(phrase="").select_related("by").order_by("at", "pk"))
