"""Erase a person or one conversation from every store."""

from __future__ import annotations

import sys
from getpass import getuser
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdesk.console.privacy import printed, services
from frontdesk.console.privacy.errors import BookingsStand, UnreadableContact


class Command(BaseCommand):
    """Erase a person or a conversation everywhere; the exit code says whether all is done."""

    help = "Erase a person or one conversation from every store, and print the receipt."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say who (see Django)."""
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--contact", help="a phone number or e-mail, in any writing")
        who.add_argument("--conversation", help="the id of one conversation")
        parser.add_argument(
            "--cancel-bookings", action="store_true", help="call off what is still to come first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it (see Django)."""
        cancel, by = options["cancel_bookings"], f"{getuser()} (command line)"
        try:
            if options["contact"]:
                done = services.erase_contact(options["contact"], by, cancel_bookings=cancel)
            else:
                key = options["conversation"]
                done = services.erase_conversation(key, by, cancel_bookings=cancel)
        except BookingsStand as error:
            listed = ", ".join(error.references)
            raise CommandError(
                f"Nothing was erased: bookings still stand ({listed}). "
                "Cancel them first, or give --cancel-bookings."
            ) from error
        except UnreadableContact as error:
            raise CommandError(f"Nothing was erased: {error}.") from error
        for line in printed.lines(done):
            self.stdout.write(line)
        if not done.is_complete:
            sys.exit(1)
