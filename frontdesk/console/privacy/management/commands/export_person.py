"""Export everything that is kept of a person, or of one conversation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdesk.console.privacy import export
from frontdesk.console.privacy.errors import UnreadableContact


class Command(BaseCommand):
    """Export everything that is kept of a person, as one JSON file that only we can read."""

    help = "Export everything that is kept of a person, or of one conversation, as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """Say who and where to (see Django)."""
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--contact", help="a phone number or e-mail, in any writing")
        who.add_argument("--conversation", help="the id of one conversation")
        parser.add_argument("--to", required=True, type=Path, help="a file that is not there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it (see Django)."""
        try:
            content = (
                export.of_contact(options["contact"])
                if options["contact"]
                else export.of_conversation(options["conversation"])
            )
            export.write(content, options["to"])
        except UnreadableContact as error:
            raise CommandError(f"Nothing was exported: {error}.") from error
        except OSError as error:
            raise CommandError(f"{options['to']}: {error.strerror}.") from error
        self.stdout.write(f"Written to {options['to']}.")
