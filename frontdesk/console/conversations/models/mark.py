"""What a conversation can be found by."""

from __future__ import annotations

from django.db import models

from frontdesk.console.conversations.models.conversation import Conversation


class Mark(models.Model):
    """One thing that is true of a conversation, such as ``intent`` = ``ask_price``.

    ``last_at`` repeats the conversation's, so that one index holds a filter and its order.
    """

    class Kind(models.TextChoices):
        """What can be filtered by."""

        CHANNEL = "channel", "Channel"
        INTENT = "intent", "Intent"
        CONDITION = "condition", "Condition or red flag"
        TREATMENT = "treatment", "Treatment"
        TRAIT = "trait", "Trait"
        TAG = "tag", "Tag"

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    value = models.CharField(max_length=60)
    last_at = models.DateTimeField()

    class Meta:
        """Each once."""

        constraints = [
            models.UniqueConstraint(fields=["conversation", "kind", "value"], name="marked_once")
        ]
        indexes = [
            models.Index(fields=["kind", "value", "-last_at", "conversation"], name="marked")
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class Trait(models.TextChoices):
    """Marks that need no value of their own."""

    RED_FLAG = "red_flag", "Red flag"
    LOW_CONFIDENCE = "low_confidence", "Low confidence"
    FALLBACK = "fallback", "Not understood"
    HANDED_OVER = "handed_over", "Needed a person"
    BOOKED = "booked", "Booked"
    REVIEWED = "reviewed", "Reviewed"
