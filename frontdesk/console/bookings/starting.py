"""Makes the database ready before the console serves."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

from frontdesk.console.bookings.models import Therapist
from frontdesk.console.bookings.sample import seed
from frontdesk.console.staff.roles import make_roles
from frontdesk.settings import local_folder

LOCK = 7_203_114  # any number that nobody else uses on this database


def prepare() -> bool:
    """Bring the tables up to date, with the sample team when there is none; whether it was put in.

    Several consoles may start at once: they do this one after another.
    """
    with _alone():
        call_command("migrate", verbosity=0, interactive=False)
        make_roles()
        is_empty = not Therapist.objects.exists()
        if is_empty:
            seed()
    return is_empty


@contextmanager
def _alone() -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        return
    with (local_folder() / "migrate.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
