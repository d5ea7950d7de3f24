"""What staff are told at once, wherever they are."""

from __future__ import annotations

from django.db import models

from frontdesk.console.conversations.models.conversation import Conversation, Need
from frontdesk.console.outbox import Outgoing


class Notice(Outgoing):
    """A message to staff that a conversation needs a person; it holds no word of the visitor's."""

    class Way(models.TextChoices):
        """How it leaves."""

        EMAIL = "email", "E-mail"
        WEBHOOK = "webhook", "Webhook"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="notices")
    need = models.CharField(max_length=13, choices=Need.choices)
    way = models.CharField(max_length=7, choices=Way.choices)
    to = models.CharField(max_length=500)

    class Meta:
        """Found when due."""

        indexes = [models.Index(fields=["sent_at", "due_at"], name="notice_due")]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.need} by {self.way}"
