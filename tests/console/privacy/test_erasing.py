"""What is erased is gone from every store, and nothing else is."""

import sqlite3
import time
from contextlib import ExitStack, closing

import pytest
from rasa.shared.core.events import UserUttered

from frontdesk.channels.people import People
from frontdesk.channels.tables import opened as channel_database
from tests.console.privacy.house import ROBIN, ROBINS, TOM, TOMS

LETTERS = """
import django, json; django.setup()
from frontdesk.console.bookings.models import Appointment
print(json.dumps(list(Appointment.objects.values_list("contact_name", "status"))))
"""
READ = """
import django, json; django.setup()
from frontdesk.console.conversations import reader
from frontdesk.console.conversations.models import Conversation, Message
from frontdesk.console.conversations.store import store
reader.read_events(store())
keys = sorted(Conversation.objects.values_list("key", flat=True))
print(json.dumps([keys, sorted(Message.objects.values_list("event", flat=True))]))
"""


@pytest.mark.parametrize("contact", ["(212) 555-0143", "TOM.Becker@example.org"])
def test_person_is_nowhere_afterwards(either, contact):
    toms, robins = either.fill()
    assert all(either.holds(text) for text in (*TOMS[:4], TOM, toms)), "nothing to erase"
    done = either.manage("erase", "--contact", contact)
    assert done.returncode == 0, done.stdout + done.stderr
    for text in (*TOMS, TOM, toms):
        assert not [one for one in either.holds(text) if _is_anothers(text, one)], text
    for text in (*ROBINS, ROBIN, robins):
        assert either.holds(text), text
    assert not any(text in done.stdout for text in (*TOMS, TOM))


def _is_anothers(text, place):
    """All but Robin's own words: "zorblatt" is said by both."""
    return text != "zorblatt"


DATABASES = ("conversations.db", "website.db", "console.db")


def opened(house, name):
    """A connection as other processes have them: while there is one, SQLite keeps its log."""
    connection = sqlite3.connect(house.folder / name, isolation_level=None)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
    return connection


def test_no_word_is_left_in_any_byte(house):
    house.fill()
    with ExitStack() as others:
        for name in DATABASES:
            others.enter_context(closing(opened(house, name)))
        for key in (TOM, ROBIN):
            assert house.manage("erase", "--conversation", key).returncode == 0
        for text in (*TOMS, *ROBINS, TOM, ROBIN):
            assert house.holds(text) == [], text


def test_database_that_stays_in_use_is_named_and_swept_the_next_time(house):
    house.fill()
    with closing(opened(house, "conversations.db")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchall()
        done = house.manage("erase", "--contact", "2125550143")
        assert done.returncode == 1 and "assistant FAILED (still_in_use)" in done.stdout
        assert house.receipts()[0]["removed"]["assistant"]["events"] == 5
        assert house.holds(TOMS[1])
        reader.execute("COMMIT")
        assert house.manage("erase", "--contact", "2125550143").returncode == 0
        assert house.holds(TOMS[1]) == []


def test_answer_on_its_way_is_waited_for(house):
    """A channel that has a conversation in hand writes to it until it lets go."""
    house.fill()
    engine = channel_database(house.website)
    with engine.begin() as connection:
        People(engine, "telegram", "key").meet(connection, TOM, {"chat": "1"})
    engine.dispose()
    began = time.time()
    with sqlite3.connect(house.folder / "website.db") as channels:
        held = "UPDATE channel_person SET held_until = ?, holder = 'a turn' WHERE conversation = ?"
        channels.execute(held, (began + 5, TOM))
    assert house.manage("erase", "--conversation", TOM).returncode == 0
    assert time.time() >= began + 5
    assert house.holds(TOM) == []


def test_receipt_counts_and_tells_nobody(either):
    either.fill()
    done = either.manage("erase", "--contact", "tom al-becker 212.555.0143")
    (receipt,) = either.receipts()
    assert receipt["problems"] == {} and receipt["pending"] == {}
    assert (receipt["kind"], receipt["conversations"]) == ("contact", 1)
    removed = receipt["removed"]
    assert removed["assistant"]["events"] >= 5
    assert removed["channels"]["website_message"] == 2
    assert removed["channels"]["channel_somewhere"] == removed["channels"]["website_offer"] == 1
    assert removed["channels"]["frontdesk_handoff"] == 1
    assert removed["console"]["bookings.Appointment"] == 1
    assert removed["console"]["conversations.Message"] == 1
    assert removed["files"]["mail"] >= 1
    assert "events" in done.stdout and receipt["subject"] in done.stdout
    again = either.manage("erase", "--contact", "+1 212 555 0143")
    assert again.returncode == 0 and "nothing was there" in again.stdout
    assert either.receipts()[0]["subject"] == receipt["subject"], "another writing, another person?"


def test_conversation_leaves_the_persons_others(house):
    house.fill()
    other = "tom" + "1" * 29
    house._talk("Tom Al-Becker", "+12125550143", "tom.becker@example.org", other, 1.7e9)
    assert house.manage("erase", "--conversation", TOM).returncode == 0
    assert house.holds(TOM) == []
    assert house.holds(other) and house.holds("tom.becker@example.org")


def test_booking_to_come_stands_in_the_way(house):
    toms, _ = house.fill(past=False)
    done = house.manage("erase", "--contact", "2125550143")
    assert done.returncode == 1 and toms in done.stderr and "--cancel-bookings" in done.stderr
    assert house.holds(TOM), "something was erased all the same"
    assert house.receipts() == []
    done = house.manage("erase", "--contact", "2125550143", "--cancel-bookings")
    assert done.returncode == 0, done.stdout + done.stderr
    assert house.run(LETTERS) == [["Robin Reed", "booked"]]
    for text in (*TOMS[:3], TOM, toms):
        assert house.holds(text) == [], text


def test_booking_another_system_waits_for_stands_in_the_way(house):
    house.fill()
    house.letter("a-key", TOM, "+12125550143")
    done = house.manage("erase", "--conversation", TOM)
    assert done.returncode == 1 and "a-key" in done.stderr
    done = house.manage("erase", "--conversation", TOM, "--cancel-bookings")
    assert done.returncode == 0
    assert house.receipts()[0]["removed"]["channels"]["frontdesk_outbox"] == 1


def test_one_failing_store_does_not_keep_the_others(house):
    house.fill()
    database = house.folder / "website.db"
    kept = {p: p.read_bytes() for p in house.folder.glob("website.db*")}
    for path in kept:
        path.unlink()
    database.write_bytes(b"this is no database at all, whoever opens it")
    done = house.manage("erase", "--contact", "2125550143")
    assert done.returncode == 1 and "channels FAILED" in done.stdout
    receipt = house.receipts()[0]
    assert set(receipt["problems"]) == {"channels"}
    assert set(receipt["removed"]) == {"assistant", "console", "files"}
    assert receipt["pending"]["conversations"] == [TOM]
    database.unlink()
    for path, content in kept.items():
        path.write_bytes(content)
    done = house.manage("erase", "--contact", "2125550143")
    assert done.returncode == 0, done.stdout
    assert house.receipts()[0]["removed"]["channels"]["website_message"] == 2
    assert all(one["pending"] == {} for one in house.receipts())
    for text in (*TOMS[:3], TOM):
        assert house.holds(text) == [], text


def test_log_that_names_somebody_after_all_is_blotted(house):
    house.fill()
    logs = house.folder / "logs"
    logs.mkdir()
    with (logs / "assistant.log").open("w") as open_log:
        open_log.write("sent to tom.becker@example.org\n")
        open_log.flush()
        assert house.manage("erase", "--contact", "2125550143").returncode == 0
        open_log.write("and on\n")
    told = (logs / "assistant.log").read_text()
    assert told == f"sent to {'x' * len('tom.becker@example.org')}\nand on\n"


def test_number_of_an_erased_event_is_never_given_again(house):
    house.fill()
    _, before = house.run(READ)
    assert house.manage("erase", "--conversation", ROBIN).returncode == 0
    house.say("new" + "0" * 29, UserUttered("hello", {"name": "greet", "confidence": 1.0}))
    keys, after = house.run(READ)
    assert keys == ["new" + "0" * 29, TOM], "what holds the place shows as a conversation"
    assert max(after) > max(before) and len(after) == len(before)
    assert house.manage("erase", "--conversation", "new" + "0" * 29).returncode == 0
    assert house.manage("erase", "--conversation", TOM).returncode == 0
    assert house.run(READ)[0] == []


def test_number_that_a_channel_writes_to_leads_to_the_person(house):
    house.fill()
    key = "whatsapp-" + "7" * 32
    house.say(key, UserUttered("hello, no contact told", {"name": "greet", "confidence": 1.0}))
    house._channel(key, '{"to": "whatsapp:+12125550199"}')
    house._channel("another", '{"to": "whatsapp:+1121255501990"}')
    assert house.manage("erase", "--contact", "212-555-0199").returncode == 0
    assert house.holds(key) == [] and house.holds("whatsapp:+12125550199") == []
    assert house.holds("whatsapp:+1121255501990") and house.holds(TOM)


def test_unreadable_contact_is_refused(house):
    house.fill()
    done = house.manage("erase", "--contact", "Tom")
    assert done.returncode == 1 and "phone number or an e-mail" in done.stderr
    assert house.receipts() == []
