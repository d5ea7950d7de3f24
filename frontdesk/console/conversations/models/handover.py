"""Each time a person was needed, and how long the visitor waited."""

from __future__ import annotations

from django.db import models

from frontdesk.console.conversations.models.conversation import Conversation, Need


class HandOver(models.Model):
    """One need from the moment it was raised until somebody has dealt with it.

    ``need`` is empty when one of us took over unasked. ``taken_at`` stays empty when it was dealt
    with otherwise, by telephone for instance.
    """

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="handovers")
    need = models.CharField(max_length=13, choices=Need.choices, blank=True)
    raised_at = models.DateTimeField(db_index=True)
    taken_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        """Nothing for staff."""

        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.need or 'taken over'} in {self.conversation_id}"
