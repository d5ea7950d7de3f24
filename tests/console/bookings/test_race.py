"""A time is taken once, however many want it at the same moment, on either database."""

import datetime
import json
import os
import subprocess
import sys
import time
import uuid
from collections import Counter
from urllib.parse import urlsplit

import psycopg2
import pytest

from frontdesk.settings import ROOT

PROCESSES = 4
ATTEMPTS = 200
SET_UP = """
import datetime, json, sys
import django
django.setup()
from frontdesk.console.bookings.starting import prepare
from frontdesk.console.bookings.models import Therapist, Room, WorkingHours
from frontdesk.console.bookings import selectors
from django.utils import timezone
prepare()
Therapist.objects.exclude(name="Samuel").update(is_active=False)
Room.objects.exclude(name="Quiet room").update(is_active=False)
now = timezone.now()
begin, end = now + datetime.timedelta(days=3), now + datetime.timedelta(days=30)
free = selectors.free_slots("swedish", 60, begin, end, 200)
print(json.dumps([slot.starts_at.isoformat() for slot in free]))
"""
LEFT = """
import django, json
django.setup()
from frontdesk.console.bookings.models import Appointment, Claim, Receipt
rows = Appointment.objects.order_by("pk").values_list("reference", "first_cell", "end_cell")
counts = {"claims": Claim.objects.count(), "receipts": Receipt.objects.count()}
print(json.dumps(counts | {"appointments": list(rows)}))
"""


class Console:
    """A database of its own, and processes that use it."""

    def __init__(self, folder, database, threads):
        self.threads = threads
        self.env = os.environ | {
            "FRONTDESK_LOCAL": str(folder),
            "FRONTDESK_SECRET_KEY": "a key for tests, long enough to be one",
            "FRONTDESK_CONSOLE_DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "frontdesk.console.settings",
            "PYTHONPATH": str(ROOT),
        }
        self.free = self.run(SET_UP)

    def run(self, code):
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.env, cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def rush(self, what, starts_at, attempts=ATTEMPTS):
        """What became of so many attempts, made by several processes at once."""
        each = attempts // PROCESSES
        begin = time.time() + 4
        rush = [sys.executable, "-m", "tests.console.bookings.rush", what]
        processes = [
            subprocess.Popen(
                [
                    *rush,
                    str(n * each),
                    str(each),
                    str(min(each, self.threads)),
                    str(begin),
                    starts_at,
                ],
                env=self.env,
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for n in range(PROCESSES)
        ]
        told = [process.communicate(timeout=240) for process in processes]
        assert all(out for out, _ in told), told
        found = [one for out, _ in told for one in json.loads(out)]
        print(f"{attempts} attempts took {time.time() - begin:.1f} s")
        assert not [one for one in found if "failed" in one]
        return found


@pytest.fixture(params=["sqlite", "postgresql"])
def console(request, tmp_path):
    if request.param == "sqlite":
        yield Console(tmp_path, "", threads=ATTEMPTS // PROCESSES)
        return
    server = urlsplit(request.getfixturevalue("postgres"))
    name = f"bookings_{uuid.uuid4().hex}"
    connection = psycopg2.connect(server.geturl())
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            # a server as it is installed has 100 connections
            yield Console(tmp_path, server._replace(path=f"/{name}").geturl(), threads=15)
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def test_slot_wanted_by_two_hundred_is_taken_once(console):
    wished = console.free[0]
    found = console.rush("slot", wished)
    assert Counter("reference" in one for one in found) == {True: 1, False: ATTEMPTS - 1}
    after = datetime.datetime.fromisoformat(wished)
    for one in found:
        if "slots" in one:
            assert len(one["slots"]) == 3
            assert all(datetime.datetime.fromisoformat(slot) > after for slot in one["slots"])
    left = console.run(LEFT)
    assert (len(left["appointments"]), left["claims"], left["receipts"]) == (1, 10, 1)


def test_same_key_at_the_same_moment_books_once(console):
    found = console.rush("key", console.free[0], attempts=40)
    assert Counter(one["is_new"] for one in found) == {True: 1, False: 39}
    assert len({one["reference"] for one in found}) == 1


def test_moves_across_each_other_never_meet(console):
    here, there = console.free[0], console.free[6]
    for number, at in enumerate((here, there)):
        console.run(
            f"""
import django, datetime, json
django.setup()
from tests.console.bookings.rush import wish
from frontdesk.console.bookings import services
at = datetime.datetime.fromisoformat({at!r})
print(json.dumps(services.book(wish(at, {number}, "rush"), "book-{number}").answer))
"""
        )
    (a, *_), (b, *_) = console.run(LEFT)["appointments"]
    console.rush(json.dumps([[there, a], [here, b]]), here, attempts=40)
    left = console.run(LEFT)
    (_, a_first, a_end), (_, b_first, b_end) = left["appointments"]
    assert a_end <= b_first or b_end <= a_first
    assert left["claims"] == 2 * (a_end - a_first + b_end - b_first)
