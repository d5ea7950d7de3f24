"""Says that a conversation needs a person, and that somebody has dealt with it."""

from __future__ import annotations

import datetime

from frontdesk.console.conversations.models import Conversation, Need


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
