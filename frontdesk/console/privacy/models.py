"""What was removed, when and by whom, without a word about whom it was."""

from __future__ import annotations

from django.db import models


class Receipt(models.Model):
    """One erasure or purge, with what was removed from each store.

    ``subject`` is a keyed hash of the contact or conversation: whoever knows it can show that it
    was erased, nobody can read it back. ``removed`` holds ``{store: {what: how many}}`` and
    ``problems`` ``{store: kind of error}``. ``pending`` names, while something is left to do, the
    conversations and bookings it is to be done for, by their numbers.
    """

    class Kind(models.TextChoices):
        """What was asked for."""

        CONVERSATION = "conversation", "A conversation erased"
        CONTACT = "contact", "A person erased"
        PURGE = "purge", "Old data deleted"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject = models.CharField(max_length=64, blank=True, db_index=True)
    by = models.CharField(max_length=150)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(auto_now_add=True)
    conversations = models.PositiveIntegerField(default=0)
    removed = models.JSONField(default=dict)
    problems = models.JSONField(default=dict)
    pending = models.JSONField(default=dict)

    class Meta:
        """The latest first."""

        ordering = ["-ended_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("erase_person", "Can export and erase what is kept of a person")]

    def __str__(self) -> str:
        return f"receipt {self.pk}"

    @property
    def is_complete(self) -> bool:
        """Whether every store did its part."""
        return not self.problems
