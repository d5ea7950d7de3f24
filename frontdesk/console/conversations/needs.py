"""Says that a conversation needs a person, and that somebody has dealt with it."""

from __future__ import annotations

import datetime

from frontdesk.console.conversations.models import Conversation, HandOver, Need


def raise_need(conversation: Conversation, need: Need, at: datetime.datetime) -> bool:
    """Note that a person is needed, on the object only; whether staff have to be told.

    A graver reason replaces a lesser one; the same again is known already.
    """
    conversation.is_unread = True
    if need.rank <= conversation.need_rank:
        return False
    conversation.need, conversation.need_rank = need.value, need.rank
    conversation.need_at = at
    conversation.told_waiting_at = None
    return True


def settle(conversation: Conversation) -> None:
    """Note that somebody has dealt with it, on the object only."""
    conversation.need, conversation.need_rank, conversation.need_at = "", 0, None
    conversation.told_waiting_at = None


def raised(conversation: Conversation, need: Need, at: datetime.datetime) -> HandOver:
    """The record of a need, not written yet; nobody waits where one of us answers already."""
    return HandOver(
        conversation=conversation,
        need=need.value,
        raised_at=at,
        taken_at=at if conversation.owner_id else None,
    )


def note_taken(conversation: Conversation, at: datetime.datetime) -> None:
    """Record that one of us has taken a conversation over, asked or not."""
    open_ones = HandOver.objects.filter(conversation=conversation, settled_at=None)
    if not open_ones.exists():
        HandOver.objects.create(conversation=conversation, raised_at=at, taken_at=at)
    open_ones.filter(taken_at=None).update(taken_at=at)


def note_settled(conversation: Conversation, at: datetime.datetime) -> None:
    """Record that what needed a person is dealt with."""
    HandOver.objects.filter(conversation=conversation, settled_at=None).update(settled_at=at)
