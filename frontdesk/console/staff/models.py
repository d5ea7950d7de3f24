"""The record of who looked at personal text, and of what else must be answered for."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Look(models.Model):
    """One thing that one of the staff saw or did; it is never changed and outlives accounts.

    ``conversation`` is the number of the conversation in the console; ``reason`` is in the words
    of whoever looked.
    """

    class Deed(models.TextChoices):
        """What was done."""

        REVEALED = "revealed", "Saw personal details"
        EXPORTED = "exported", "Saved a conversation"
        TOOK_OVER = "took_over", "Took over"
        HANDED_BACK = "handed_back", "Handed back"
        ERASED = "erased", "Erased"
        CORRECTED = "corrected", "Exported corrections"

    who = models.CharField(max_length=150)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    deed = models.CharField(max_length=12, choices=Deed.choices)
    conversation = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The latest first."""

        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["-at"], name="look_newest"),
            models.Index(fields=["conversation", "-at"], name="look_conversation"),
        ]
        default_permissions = ("view",)
        permissions = [("reveal_personal", "Can see personal details, with a reason")]

    def __str__(self) -> str:
        return f"{self.who}: {self.deed}"
