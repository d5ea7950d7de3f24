"""What staff say a message meant."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from frontdesk.console.conversations.models import Message

LONGEST = 500  # characters of a phrase


class Correction(models.Model):
    """One message looked at: what it meant, and the words to be learned from it.

    ``phrase`` holds no personal details; without one nothing is learned. ``findings`` holds
    ``missed`` (id, words, assertion, subject), ``kept`` (the same without words) and ``wrong``
    (ids), or ``noticed`` (as ``kept``) when nobody judged them. ``alike`` are the messages that
    were dealt with by this; ``moves`` says that the phrase leaves the intent it stands under in
    the data folder.
    """

    class Status(models.TextChoices):
        """What was decided."""

        ACCEPTED = "accepted", "Accepted"
        CORRECTED = "corrected", "Corrected"
        ASIDE = "aside", "Put aside"

    # a message that is erased takes this along
    message = models.OneToOneField(
        Message, models.CASCADE, db_column="event", db_constraint=False, related_name="correction"
    )
    status = models.CharField(max_length=9, choices=Status.choices)
    phrase = models.TextField(max_length=LONGEST, blank=True)
    intent = models.CharField(max_length=40, blank=True)
    entities = models.JSONField(default=list)
    findings = models.JSONField(default=dict)
    note = models.CharField(max_length=500, blank=True)
    took_for = models.CharField(max_length=40, blank=True)
    confidence = models.FloatField(null=True)
    alike = models.JSONField(default=list)
    moves = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    at = models.DateTimeField(auto_now=True)
    exported_at = models.DateTimeField(null=True)

    class Meta:
        """Found while not exported, oldest first."""

        indexes = [
            models.Index(
                fields=["at"],
                condition=models.Q(exported_at=None),
                name="correction_waiting",
            )
        ]
        default_permissions = ("add", "view")
        permissions = [("export_correction", "Can review and export corrections")]

    def __str__(self) -> str:
        return f"{self.status} {self.pk}"
