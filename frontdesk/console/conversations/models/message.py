"""Messages without their personal words, for search and for the doubts of the assistant."""

from __future__ import annotations

from django.db import models

from frontdesk.console.conversations.models.conversation import Conversation


class Message(models.Model):
    """A visitor's or a staff member's message, masked; the id is that of the event it came from.

    ``is_unanswered`` when the assistant did not understand it, or with little confidence only.
    """

    class Sender(models.TextChoices):
        """Who wrote it."""

        VISITOR = "visitor", "Visitor"
        STAFF = "staff", "Staff"

    event = models.BigIntegerField(primary_key=True)
    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="messages", db_index=False
    )
    sender = models.CharField(max_length=7, choices=Sender.choices)
    at = models.DateTimeField()
    masked = models.TextField()
    intent = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField(null=True)
    is_open = models.BooleanField(default=False)
    is_unanswered = models.BooleanField(default=False)

    class Meta:
        """Found by conversation, and when it was not answered."""

        indexes = [
            models.Index(fields=["conversation", "event"], name="message_of"),
            models.Index(
                fields=["at"], condition=models.Q(is_unanswered=True), name="message_unanswered"
            ),
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"message {self.event}"
