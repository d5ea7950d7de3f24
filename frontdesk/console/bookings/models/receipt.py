"""What was already answered, so that asking again changes nothing."""

from __future__ import annotations

from django.db import models

from frontdesk.console.bookings.models.appointment import Appointment


class Receipt(models.Model):
    """The answer given under an idempotency key; ``fingerprint`` tells what was asked."""

    key = models.CharField(max_length=64, unique=True)
    fingerprint = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    appointment = models.ForeignKey(Appointment, models.CASCADE, null=True, related_name="receipts")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key
