"""The tables of the conversations, one group a file."""

from __future__ import annotations

from frontdesk.console.conversations.models.conversation import (
    Conversation,
    Need,
    Note,
    Reply,
    Tag,
)
from frontdesk.console.conversations.models.handover import HandOver
from frontdesk.console.conversations.models.mark import Mark, Trait
from frontdesk.console.conversations.models.message import Message
from frontdesk.console.conversations.models.notice import Notice
from frontdesk.console.conversations.models.reading import Reading
from frontdesk.console.conversations.models.tally import Tally
from frontdesk.console.conversations.models.view import SavedView

__all__ = [
    "Conversation",
    "HandOver",
    "Mark",
    "Message",
    "Need",
    "Note",
    "Notice",
    "Reading",
    "Reply",
    "SavedView",
    "Tag",
    "Tally",
    "Trait",
]
