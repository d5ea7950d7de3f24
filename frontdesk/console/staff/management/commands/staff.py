"""Makes an account for one of the staff, or gives one another role or password."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from frontdesk.console.staff.roles import MANAGER, ROLES, give, make_roles


class Command(BaseCommand):
    """Make an account, asking for its password."""

    help = "Make an account for one of the staff (or change its role and password)."

    def add_arguments(self, parser: CommandParser) -> None:
        """The name and the role (see Django)."""
        parser.add_argument("name", help="what they log in with")
        parser.add_argument("--role", default=MANAGER, choices=sorted(ROLES))
        parser.add_argument("--called", default="", help="the name visitors see")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make it (see Django)."""
        name = options["name"].strip()
        if not name:
            raise CommandError('Say who: make staff NAME="maya"')
        make_roles()
        user = User.objects.filter(username=name).first() or User(username=name)
        user.first_name = options["called"] or user.first_name
        password = _asked_for()
        try:
            user.full_clean(exclude=["password"])
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        user.set_password(password)
        user.save()
        give(user, options["role"])
        self.stdout.write(f"{name} can log in as {options['role']} at /staff/")


def _asked_for() -> str:
    """The password typed, or the first line that is piped in."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Again: "):
        raise CommandError("The two are not the same. Nothing was changed.")
    return first
