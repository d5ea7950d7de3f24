"""Reads a message as it was understood from the assistant's own store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.console.conversations.models import Message
from frontdesk.console.conversations.page import Details, Writer
from frontdesk.console.conversations.store import Event, store
from frontdesk.console.conversations.understood import FALLBACK, Said, said
from frontdesk.console.learning.phrases import cleaned

GUESSES = 3
RED_FLAG = "report_red_flag"  # set by the safety gate; no phrase teaches it
UNTAUGHT = frozenset({FALLBACK, RED_FLAG})


@dataclass(frozen=True, slots=True)
class Original:
    """A visitor's message: its words as they may be learned, and what it was taken for."""

    message: Message
    heard: Said
    masked: str

    @property
    def guesses(self) -> list[tuple[str, float]]:
        """The intents that were likeliest besides the one it was taken for."""
        return guesses(self.heard)


def guesses(heard: Said) -> list[tuple[str, float]]:
    """The next likeliest intents that can be taught, with how likely each was."""
    others = [one for one in heard.ranking if one[0] not in {heard.intent, *UNTAUGHT}]
    return others[:GUESSES]


def original(message: Message) -> Original:
    """A message with all that its conversation tells of who wrote it masked."""
    known = Details.of(store(), message.conversation.key).every
    heard = _heard(message)
    masked = Writer(known, is_revealed=False).text(heard.text, heard.private)
    return Original(message, heard, cleaned(masked or message.masked))


def revealed(message: Message) -> str:
    """The words as the visitor wrote them."""
    return _heard(message).text


def all_heard(messages: Sequence[Message]) -> dict[int, Said]:
    """What was understood of each of these messages, by the number of its event."""
    events = store().numbered([one.event for one in messages])
    return {event.id: said(event) for event in events}


def findings_of(heard: Said) -> list[dict[str, str]]:
    """What was found about health, each once."""
    return [
        {"id": one.id, "assertion": one.assertion, "subject": one.subject}
        for one in {one.id: one for one in heard.noticed}.values()
    ]


def _heard(message: Message) -> Said:
    found = store().numbered([message.event])
    if found:
        return said(found[0])
    # the store has forgotten it: what the list knows has to do
    intent = {"name": message.intent, "confidence": message.confidence}
    data = {"text": message.masked, "parse_data": {"intent": intent}}
    at = message.at.timestamp()
    return said(Event(message.event, message.conversation.key, "user", at, data))
