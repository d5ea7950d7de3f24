"""Tells Django about the conversations."""

from __future__ import annotations

from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Conversations as staff see them."""

    name = "frontdesk.console.conversations"
    label = "conversations"
