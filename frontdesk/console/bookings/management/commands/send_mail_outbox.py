"""Send the e-mails that wait."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from frontdesk.console.bookings.outbox import send_due


class Command(BaseCommand):
    """Send the e-mails that wait."""

    help = "Send the e-mails that wait."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it (see Django)."""
        done = send_due(limit=1000)
        self.stdout.write(f"{done.sent} sent, {done.waiting} to be tried again")
