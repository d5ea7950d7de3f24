"""E-mails waiting to be sent."""

from __future__ import annotations

import uuid

from django.db import models

from frontdesk.console.bookings.models.appointment import Appointment
from frontdesk.console.outbox import Outgoing


class Letter(Outgoing):
    """An e-mail about an appointment; it stays until it is sent.

    ``token`` makes its Message-ID, the same at each attempt.
    """

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="letters")
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    calendar = models.TextField(blank=True)
    method = models.CharField(max_length=10, blank=True)

    class Meta:
        """The latest first."""

        ordering = ["-created_at"]
        indexes = [models.Index(fields=["sent_at", "due_at"], name="letter_due")]

    def __str__(self) -> str:
        return self.subject
