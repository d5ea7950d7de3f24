"""Tells Django about privacy."""

from __future__ import annotations

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Erasing, exporting and forgetting what is kept of people."""

    name = "frontdesk.console.privacy"
    label = "privacy"

    def ready(self) -> None:
        """Refuse to start with a wrong number of days."""
        from frontdesk.console.privacy import retention

        retention.days()
        retention.booking_days()
