"""Writes what staff corrected into the data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdesk.console.learning import export
from frontdesk.console.learning.export import Target
from frontdesk.console.learning.plan import Plan
from frontdesk.console.staff.models import Look
from frontdesk.console.staff.records import record
from frontdesk.console.staff.roles import EXPORT
from frontdesk.domain.errors import DataFileError

AT_THE_MACHINE = "at the machine"


class Command(BaseCommand):
    """Write the corrections that nothing stands in the way of."""

    help = "Write what staff corrected into the data folder, and the cases into tests/learned.yml."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and whether at all (see Django)."""
        parser.add_argument("--to", type=Path, help="the project folder to write to, with data/")
        parser.add_argument("--dry-run", action="store_true", help="only say what would change")
        parser.add_argument("--by", default="", help="who exports, for the record of looks")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it (see Django)."""
        target = Target.of(options["to"])
        if not (target.data / "nlu").is_dir():
            raise CommandError(f"{target.data} is no data folder. Say --to with a project folder.")
        user = self._user(options["by"])
        try:
            made = export.planned(target)
            self._tell(made)
            if options["dry_run"]:
                export.new_texts(made, target)
                self.stdout.write("Nothing was written.")
                return
            written = export.write(made, target)
        except (DataFileError, OSError) as error:
            raise CommandError(f"Nothing is marked as exported: {error}") from error
        if made.done:
            self._record(user, f"{len(made.done)} corrections, {len(written)} files")
        self.stdout.write(f"{len(made.done)} corrections exported, {len(written)} files changed.")
        if written:
            self.stdout.write("Now: make train, then make test.")

    def _tell(self, made: Plan) -> None:
        """One line for each thing that changes or does not."""
        for file, changes in made.files():
            self.stdout.write(f"data/{file}")
            for one in changes:
                place = f"{one.steps[-1]}: " if one.steps else ""
                self.stdout.write(f"  {'-' if one.is_removal else '+'} {place}{one.text}")
        for skipped in made.skipped:
            self.stdout.write(f"  not written: {skipped.text}: {skipped.why}")
        for conflict in made.conflicts:
            choices = " or ".join(conflict.choices)
            self.stdout.write(f"  to be settled in the console: {conflict.phrase}: {choices}")
        for warning in made.warnings:
            self.stdout.write(f"  look: {warning}")

    def _user(self, name: str) -> User | None:
        """The account that is named.

        Raises:
            CommandError: there is none, or it may not export.
        """
        if not name:
            return None
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None or not user.has_perm(EXPORT):
            raise CommandError("There is nobody of that name who may export corrections.")
        return user

    def _record(self, user: User | None, what: str) -> None:
        if user:
            record(user, Look.Deed.CORRECTED, reason=what)
        else:
            Look.objects.create(who=AT_THE_MACHINE, deed=Look.Deed.CORRECTED, reason=what)
