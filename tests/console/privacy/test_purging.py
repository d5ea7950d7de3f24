"""What is old goes by itself, and what is not stays."""

import os
import time

import pytest

from tests.console.privacy.house import ROBIN, ROBINS, TOM, TOMS

DAY = 86_400
AGE = """
import django, json, datetime; django.setup()
from django.utils import timezone
from frontdesk.console.bookings.models import Appointment
past = timezone.now() - datetime.timedelta(days=%d)
Appointment.objects.filter(contact_name__startswith="Tom").update(starts_at=past, ends_at=past)
print(json.dumps(None))
"""
CLERK = """
import django, json; django.setup()
from frontdesk.console.bookings.clerk import Clerk
from frontdesk.console.privacy.models import Receipt
clerk = Clerk()
clerk.work_seldom(), clerk.work_seldom()
print(json.dumps(list(Receipt.objects.values_list("kind", "by"))))
"""


def old_and_new(house, days=100):
    """Tom wrote long ago, Robin today."""
    house.fill()
    for path in (house.folder / "mail").glob("*"):
        os.utime(path, (time.time() - days * DAY,) * 2)
    house.run(AGE % days)
    stamp = time.time() - days * DAY
    moment = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(stamp))
    house.age(TOM, stamp, moment)


def test_old_conversations_go_and_new_ones_stay(either):
    old_and_new(either)
    done = either.manage("purge")
    assert done.returncode == 0, done.stdout + done.stderr
    for text in (TOM, TOMS[1], TOMS[2]):
        assert either.holds(text) == [], text
    for text in (ROBIN, ROBINS[2]):
        assert either.holds(text), text
    (receipt,) = either.receipts()
    assert receipt["kind"] == "purge" and receipt["conversations"] == 1
    removed = receipt["removed"]
    assert removed["assistant"]["events"] >= 5
    assert removed["channels"]["website_message"] == 2
    assert removed["channels"]["channel_somewhere"] == 1
    assert removed["channels"]["frontdesk_handoff"] == 1
    assert removed["console"]["conversations.Conversation"] == 1
    assert removed["console"]["bookings.Appointment"] == 1
    assert removed["files"]["mail"] >= 1
    again = either.manage("purge")
    assert again.returncode == 0 and "nothing was there" in again.stdout


@pytest.mark.parametrize(
    "settings, is_kept",
    [({}, True), ({"FRONTDESK_RETENTION_DAYS": "30"}, False)],
)
def test_how_long_is_a_setting(house, settings, is_kept):
    old_and_new(house, days=60)
    assert house.manage("purge", **settings).returncode == 0
    assert bool(house.run(EVENTS_OF % TOM)) is is_kept


EVENTS_OF = """
import django, json; django.setup()
from frontdesk.console.conversations.store import store
print(json.dumps(len(store().since(%r, 0, 10))))
"""
APPOINTMENTS = """
import django, json; django.setup()
from frontdesk.console.bookings.models import Appointment
print(json.dumps(Appointment.objects.count()))
"""


def test_bookings_may_be_kept_longer(house):
    old_and_new(house)
    assert house.manage("purge", FRONTDESK_KEEP_BOOKINGS_DAYS="3650").returncode == 0
    assert house.run(APPOINTMENTS) == 2
    assert house.run(EVENTS_OF % TOM) == 0


def test_thousand_old_conversations_go_in_batches(house):
    house.fill()
    house.many(1000, time.time() - 100 * DAY)
    done = house.manage("purge")
    assert done.returncode == 0, done.stdout
    assert house.receipts()[0]["removed"]["assistant"]["events"] == 3000
    assert house.run(EVENTS_OF % TOM) == 5


def test_clerk_does_it_once_a_day(house):
    old_and_new(house)
    assert house.run(CLERK) == [["purge", "retention"]]
    assert house.run(EVENTS_OF % TOM) == 0


def test_store_that_failed_is_done_the_next_time(house):
    old_and_new(house)
    website = house.folder / "website.db"
    kept = {p: p.read_bytes() for p in house.folder.glob("website.db*")}
    for path in kept:
        path.unlink()
    website.write_bytes(b"this is no database at all, whoever opens it")
    assert house.manage("purge").returncode == 1
    website.unlink()
    for path, content in kept.items():
        path.write_bytes(content)
    done = house.manage("purge")
    assert done.returncode == 0, done.stdout
    assert house.receipts()[0]["removed"]["channels"]["channel_somewhere"] == 1


@pytest.mark.parametrize("name", ["FRONTDESK_RETENTION_DAYS", "FRONTDESK_KEEP_BOOKINGS_DAYS"])
@pytest.mark.parametrize("value", ["never", "0"])
def test_wrong_setting_stops_the_start(house, name, value):
    done = house.manage("check", **{name: value})
    assert done.returncode == 1
    assert name in done.stderr and len(done.stderr.splitlines()) == 1


def test_days_must_be_some(house):
    assert house.manage("purge", "--days", "0").returncode == 1
