"""Delete what is older than it may get."""

from __future__ import annotations

import sys
from getpass import getuser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdesk.console.privacy import printed, services


class Command(BaseCommand):
    """Delete what is older than it may get; the console does so by itself once a day."""

    help = "Delete what is older than FRONTDESK_RETENTION_DAYS, and print the receipt."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say how old (see Django)."""
        parser.add_argument("--days", type=int, help="instead of the settings, for bookings too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it (see Django)."""
        days = options["days"]
        if days is not None and days < 1:
            raise CommandError("--days must be 1 or more.")
        done = services.purge(days, f"{getuser()} (command line)")
        for line in printed.lines(done):
            self.stdout.write(line)
        if not done.is_complete:
            sys.exit(1)
