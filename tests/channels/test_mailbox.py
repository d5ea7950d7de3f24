"""Letters, holds and offers on SQLite and PostgreSQL: kept once, held by one, picked once."""

from __future__ import annotations

import threading
import uuid

import pytest

from frontdesk.channels import mailbox as mailbox_module
from frontdesk.channels.mailbox import Letter, Mailbox
from frontdesk.channels.offers import Offers
from frontdesk.channels.people import People
from frontdesk.channels.tables import opened


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    if request.param == "sqlite":
        return opened(f"sqlite:///{tmp_path}/channels.db")
    return opened(request.getfixturevalue("postgres"))


@pytest.fixture
def conversation(engine):
    people = People(engine, "telegram", "a key")
    name = people.conversation(uuid.uuid4().hex)
    with engine.begin() as connection:
        people.meet(connection, name, {"chat": "1"})
    return name


def letter(conversation):
    return Letter(uuid.uuid4().hex, conversation, '{"x": 1}')


def accept(engine, *letters):
    with engine.begin() as connection:
        Mailbox(engine, "telegram").accept(connection, letters)


def together(work, times=8):
    told = []
    threads = [threading.Thread(target=lambda: told.append(work())) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def test_letter_is_kept_once_and_forgotten_when_answered(engine, conversation):
    mailbox, one = Mailbox(engine, "telegram"), letter(conversation)
    together(lambda: accept(engine, one))
    assert mailbox.known({one.claim, "another"}) == {one.claim}
    assert conversation in mailbox.left_over()
    taken = mailbox.next(conversation)
    assert (taken.claim, taken.body, taken.tries) == (one.claim, one.body, 1)
    mailbox.answered(taken, [{"a": 1}, {"b": 2}])
    mailbox.answered(taken, [{"doubled": 1}])
    assert mailbox.next(conversation) is None
    accept(engine, one)
    assert mailbox.next(conversation) is None, "it came again"
    seq, piece = mailbox.leaving(conversation)
    assert piece == {"a": 1}
    mailbox.arrived(seq)
    seq, piece = mailbox.leaving(conversation)
    assert piece == {"b": 2}
    mailbox.arrived(seq)
    assert mailbox.leaving(conversation) is None
    assert conversation not in mailbox.left_over()


def test_letters_are_taken_in_order(engine, conversation):
    mailbox, letters = Mailbox(engine, "telegram"), [letter(conversation) for _ in range(5)]
    accept(engine, *letters)
    taken = []
    while (one := mailbox.next(conversation)) is not None:
        taken.append(one.claim)
        mailbox.answered(one, [])
    assert taken == [one.claim for one in letters]


def test_conversation_is_held_by_one_until_let_go_or_dead(engine, conversation, monkeypatch):
    mailbox = Mailbox(engine, "telegram")
    held = together(lambda: mailbox.hold(conversation, uuid.uuid4().hex[:32]))
    assert held.count(True) == 1
    monkeypatch.setattr(mailbox_module, "HELD", -1)
    assert not mailbox.hold(conversation, "second")
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE channel_person SET held_until = 0")
    assert mailbox.hold(conversation, "second")
    assert mailbox.hold(conversation, "third"), "the second has run out"
    mailbox.let_go(conversation, "second")
    mailbox.let_go(conversation, "third")
    monkeypatch.setattr(mailbox_module, "HELD", 15)
    assert mailbox.hold(conversation, "fourth") and mailbox.hold(conversation, "fourth")
    assert not mailbox.hold(conversation, "fifth")


def test_old_claims_are_forgotten_and_waiting_letters_never(engine, conversation, monkeypatch):
    mailbox, done, waiting = Mailbox(engine, "telegram"), letter(conversation), letter(conversation)
    accept(engine, done, waiting)
    mailbox.answered(mailbox.next(conversation), [])
    mailbox.forget()
    assert mailbox.known({done.claim}) == {done.claim}
    monkeypatch.setattr(mailbox_module, "KEPT", -1)
    mailbox.forget()
    assert mailbox.known({done.claim, waiting.claim}) == {waiting.claim}


def test_offer_is_picked_once_and_by_one_message_however_often(engine, conversation):
    offers = Offers(engine)
    first, second = offers.add(conversation, [("Neck", "/a"), ("Back", "/b")])
    assert [one.number for one in (first, second)] == [1, 2]
    (third,) = offers.add(conversation, [("More", "/c")])
    assert third.number == 3
    assert offers.press(conversation, first.id, "m1").offer == first
    assert offers.press(conversation, first.id, "m1").offer == first, "tried again after a crash"
    assert offers.press(conversation, second.id, "m2").is_again, "of the same question"
    assert offers.press("telegram-other", third.id, "m3").offer is None
    assert offers.pick(conversation, "3.", "m4").offer == third


NUMBERS = ("2", "2.", "(2)", "reply 2", "Option 2", "No. 2")
NO_NUMBERS = ("2 pm", "two", "22 2", "-", "2023")


@pytest.mark.parametrize("typed", [*NUMBERS, *NO_NUMBERS])
def test_number_is_read(engine, conversation, typed):
    offers = Offers(engine)
    offers.add(conversation, [("Neck", "/a"), ("Back", "/b")])
    assert (offers.pick(conversation, typed, "m").offer is not None) == (typed in NUMBERS)


def test_closed_offer_is_no_number_any_more(engine, conversation):
    offers = Offers(engine)
    (one,) = offers.add(conversation, [("Neck", "/a")])
    offers.sent(one.question, "77")
    assert offers.close(conversation) == ["77"]
    assert offers.close(conversation) == []
    assert offers.pick(conversation, "1", "m").offer is None
    assert offers.press(conversation, one.id, "m").offer == one, "the button may still stand there"


def test_nobody_can_tell_who_it_is(engine):
    one, other = People(engine, "twilio", "a key"), People(engine, "twilio", "another")
    assert one.conversation("+12125550100") == one.conversation("+12125550100")
    assert one.conversation("+12125550100") != other.conversation("+12125550100")
    assert one.conversation("+12125550100") != People(engine, "sms", "a key").conversation(
        "+12125550100"
    )
    assert "2125550100" not in one.conversation("+12125550100") + one.claim("wamid.12125550100")
