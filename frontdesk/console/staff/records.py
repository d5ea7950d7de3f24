"""Writes the record of looks."""

from __future__ import annotations

from django.contrib.auth.models import User

from frontdesk.console.staff.models import Look


def record(user: User, deed: Look.Deed, conversation: int | None = None, reason: str = "") -> Look:
    """Note that somebody did something that must be answered for."""
    return Look.objects.create(
        who=user.get_username(), user=user, deed=deed, conversation=conversation, reason=reason
    )
