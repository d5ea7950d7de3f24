"""The tables of the conversations, one group a file."""

from __future__ import annotations

from frontdesk.console.conversations.models.conversation import Conversation, Need, Note, Tag
from frontdesk.console.conversations.models.mark import Mark, Trait
from frontdesk.console.conversations.models.message import Message
from frontdesk.console.conversations.models.reading import Reading
from frontdesk.console.conversations.models.view import SavedView

__all__ = [
    "Conversation",
    "Mark",
    "Message",
    "Need",
    "Note",
    "Reading",
    "SavedView",
    "Tag",
    "Trait",
]
