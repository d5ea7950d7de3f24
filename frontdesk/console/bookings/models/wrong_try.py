"""Guesses at somebody's booking, counted so that they end."""

from __future__ import annotations

from django.db import models


class WrongTry(models.Model):
    """A reference that was named without the right contact, and where."""

    reference = models.CharField(max_length=12)
    conversation = models.CharField(max_length=100)
    at = models.DateTimeField()

    class Meta:
        """Counted by either."""

        verbose_name_plural = "wrong tries"
        indexes = [
            models.Index(fields=["reference", "at"], name="try_reference"),
            models.Index(fields=["conversation", "at"], name="try_conversation"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} at {self.at}"
