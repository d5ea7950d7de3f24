"""Put the sample team in; what is there already stays as it is."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from frontdesk.console.bookings.sample import seed


class Command(BaseCommand):
    """Put the sample team in; what is there already stays as it is."""

    help = "Put the sample team in; what is there already stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it (see Django)."""
        self.stdout.write(f"{seed()} therapists added")
