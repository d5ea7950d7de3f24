"""Write reminders for appointments in the next 24 to 48 hours, each once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from frontdesk.console.bookings.reminders import remind


class Command(BaseCommand):
    """Write reminders for appointments in the next 24 to 48 hours, each once."""

    help = "Write reminders for appointments in the next 24 to 48 hours, each once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it (see Django)."""
        self.stdout.write(f"{remind()} reminders written")
