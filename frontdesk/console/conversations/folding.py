"""What each event changes of what is known about its conversation."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from frontdesk.console.bookings import facts
from frontdesk.console.conversations.models import (
    Conversation,
    HandOver,
    Mark,
    Message,
    Need,
    Tally,
    Trait,
)
from frontdesk.console.conversations.models.tally import step
from frontdesk.console.conversations.needs import raise_need, raised
from frontdesk.console.conversations.store import Event
from frontdesk.console.conversations.understood import (
    FALLBACK,
    Said,
    is_by_staff,
    moment,
    said,
)
from frontdesk.console.conversations.veil import veiled

LOW = 0.5  # below it a message counts as understood with little confidence
DOUBTED = 0.8  # below it a message waits for somebody to look whether it was understood
LONGEST_VALUE = 60
NO_CHANNEL = "unknown"
ERASED = "erased"


@dataclass(slots=True)
class Batch:
    """What a number of events add up to, before it is written."""

    conversations: dict[str, Conversation]
    messages: list[Message] = field(default_factory=list)
    marks: set[tuple[str, str, str]] = field(default_factory=set)
    needs: list[tuple[Conversation, Need]] = field(default_factory=list)
    handovers: list[HandOver] = field(default_factory=list)
    counted: Counter[tuple[datetime.date, str, int]] = field(default_factory=Counter)
    zone: ZoneInfo = field(default_factory=facts.zone)

    def fold(self, event: Event) -> None:
        """Take in one event; one that only holds the place of what was erased is none."""
        if event.kind == ERASED:
            return
        conversation = self._conversation(event.key, moment(event))
        doing = _DOINGS.get(event.kind)
        if doing:
            doing(self, conversation, event)

    def need(self, conversation: Conversation, need: Need, at: datetime.datetime) -> None:
        """Note that a conversation needs a person; staff are told when it is news."""
        self.mark(conversation, Mark.Kind.TRAIT, Trait.HANDED_OVER)
        if raise_need(conversation, need, at):
            self.needs.append((conversation, need))
            self.handovers.append(raised(conversation, need, at))

    def mark(self, conversation: Conversation, kind: Mark.Kind, value: str) -> None:
        """Make a conversation found by something."""
        if value:
            self.marks.add((conversation.key, kind.value, value[:LONGEST_VALUE]))

    def count(self, what: Tally.What, at: datetime.datetime, span: int = 0) -> None:
        """Count something on the clinic's day on which it happened."""
        self.counted[at.astimezone(self.zone).date(), what.value, span] += 1

    def ask(self, key: str, need: Need, at: datetime.datetime) -> None:
        """Take in that the assistant asked for a person."""
        self.need(self._conversation(key, at), need, at)

    def rows(self) -> list[Mark]:
        """The marks, once their conversations have numbers."""
        return [
            Mark(
                conversation=self.conversations[key],
                kind=kind,
                value=value,
                last_at=self.conversations[key].last_at,
            )
            for key, kind, value in sorted(self.marks)
        ]

    def _conversation(self, key: str, at: datetime.datetime) -> Conversation:
        known = self.conversations.get(key)
        if known is None:
            known = Conversation(key=key, channel=NO_CHANNEL, started_at=at, last_at=at)
            self.conversations[key] = known
        return known

    def touch(self, conversation: Conversation, at: datetime.datetime) -> None:
        """Something was said."""
        conversation.last_at = max(conversation.last_at, at)


def _user(batch: Batch, conversation: Conversation, event: Event) -> None:
    heard = said(event)
    if not heard.text and not heard.intent:
        return
    at = moment(event)
    batch.touch(conversation, at)
    conversation.turns += 1
    conversation.is_unread = True
    if conversation.mode == Conversation.Mode.PERSON and conversation.waiting_since is None:
        conversation.waiting_since = at
    conversation.asked_at = at if conversation.mode == Conversation.Mode.ASSISTANT else None
    batch.count(Tally.What.MESSAGE, at)
    _understanding(batch, conversation, heard, at)
    _health(batch, conversation, heard, at)
    batch.messages.append(_message(event, conversation, Message.Sender.VISITOR, heard))


def _understanding(
    batch: Batch, conversation: Conversation, heard: Said, at: datetime.datetime
) -> None:
    if conversation.channel == NO_CHANNEL and heard.channel:
        conversation.channel = heard.channel[:20]
    batch.mark(conversation, Mark.Kind.CHANNEL, heard.channel)
    batch.mark(conversation, Mark.Kind.INTENT, heard.intent)
    for treatment in heard.treatments:
        batch.mark(conversation, Mark.Kind.TREATMENT, treatment)
    if heard.intent == FALLBACK:
        batch.mark(conversation, Mark.Kind.TRAIT, Trait.FALLBACK)
        batch.count(Tally.What.FALLBACK, at)
    if heard.is_button or heard.confidence is None:
        return
    lowest = conversation.lowest_confidence
    conversation.lowest_confidence = min(lowest or 1.0, heard.confidence)
    if heard.confidence < LOW:
        batch.mark(conversation, Mark.Kind.TRAIT, Trait.LOW_CONFIDENCE)


def _health(batch: Batch, conversation: Conversation, heard: Said, at: datetime.datetime) -> None:
    for noticed in heard.noticed:
        batch.mark(conversation, Mark.Kind.CONDITION, noticed.id)
        if noticed.is_alarm:
            batch.mark(conversation, Mark.Kind.TRAIT, Trait.RED_FLAG)
    # while a person answers, the assistant raises no alarm: we do
    is_alarm = any(one.is_alarm for one in heard.noticed)
    if is_alarm and conversation.mode == Conversation.Mode.PERSON:
        batch.need(conversation, Need.RED_FLAG, at)


def _bot(batch: Batch, conversation: Conversation, event: Event) -> None:
    at = moment(event)
    batch.touch(conversation, at)
    asked_at, conversation.asked_at = conversation.asked_at, None
    if asked_at and not is_by_staff(event):
        batch.count(Tally.What.ANSWER, asked_at, step((at - asked_at).total_seconds()))
    if is_by_staff(event):
        conversation.waiting_since = None
        batch.messages.append(_message(event, conversation, Message.Sender.STAFF, None))


def _slot(batch: Batch, conversation: Conversation, event: Event) -> None:
    name, value = event.data.get("name"), event.data.get("value")
    if name == "urgency":
        conversation.urgency = str(value or "none")
    elif name == "suitability":
        conversation.suitability = value or {}
    elif name == "booking_reference" and value:
        conversation.reference = str(value)[:12]
        batch.mark(conversation, Mark.Kind.TRAIT, Trait.BOOKED)
    elif name == "treatment" and isinstance(value, str):
        batch.mark(conversation, Mark.Kind.TREATMENT, value)


def _pause(batch: Batch, conversation: Conversation, event: Event) -> None:
    conversation.mode = Conversation.Mode.PERSON


def _resume(batch: Batch, conversation: Conversation, event: Event) -> None:
    conversation.mode = Conversation.Mode.ASSISTANT
    conversation.waiting_since = None


_Doing = Callable[[Batch, Conversation, Event], None]
_DOINGS: dict[str, _Doing] = {
    "user": _user,
    "bot": _bot,
    "slot": _slot,
    "pause": _pause,
    "resume": _resume,
}


def _is_doubted(heard: Said) -> bool:
    """Whether somebody should look at whether this was understood."""
    if heard.is_button or not heard.text or heard.confidence is None:
        return False
    return heard.confidence < DOUBTED or heard.intent == FALLBACK


def _is_unanswered(heard: Said) -> bool:
    """Whether the assistant had next to nothing to go by."""
    if heard.is_button or not heard.text or heard.confidence is None:
        return False
    return heard.confidence < LOW or heard.intent == FALLBACK


def _message(
    event: Event, conversation: Conversation, sender: Message.Sender, heard: Said | None
) -> Message:
    text = str(event.data.get("text") or "")
    return Message(
        event=event.id,
        conversation=conversation,
        sender=sender,
        at=moment(event),
        masked=veiled(text, private=heard.private if heard else None).text,
        intent=heard.intent[:40] if heard else "",
        confidence=heard.confidence if heard else None,
        is_open=heard is not None and _is_doubted(heard),
        is_unanswered=heard is not None and _is_unanswered(heard),
    )
