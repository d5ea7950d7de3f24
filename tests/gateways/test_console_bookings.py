"""Bookings in a real console, while it is up, down and up again."""

from __future__ import annotations

import dataclasses
import signal
import time
import uuid

import pytest

from frontdesk.domain.booking import (
    BookingUnavailable,
    Kind,
    NotOpen,
    Proof,
    SlotTaken,
    TooManyTries,
    UnknownBooking,
)
from frontdesk.domain.condition import Verdict
from frontdesk.gateways.console_bookings import ConsoleBookings
from frontdesk.gateways.outbox import DEAD, LONGEST_WAIT, Outbox, Refused
from tests.gateways.examples import console_bookings, free, wish
from tests.stack import Stack


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    running = Stack(tmp_path_factory.mktemp("console"))
    try:
        running.start("console")
        yield running
    finally:
        running.close()


@pytest.fixture
def outbox(tmp_path):
    return Outbox(f"sqlite:///{tmp_path}/outbox.db")


@pytest.fixture
def bookings(stack, outbox):
    return console_bookings(stack, outbox)


def key():
    return uuid.uuid4().hex


def proof_of(asked):
    return Proof(asked.conversation)


def later():
    return time.time() + LONGEST_WAIT


def test_booking_lives_from_free_time_to_cancelled(bookings, outbox):
    first, second = free(bookings, limit=2)
    asked, mark = wish(first.starts_at), key()
    booked = bookings.book(asked, mark)
    assert (booked.reference, booked.status) == (asked.reference, "booked")
    assert (booked.starts_at, booked.minutes) == (first.starts_at, 60)
    assert not booked.is_kept_here
    assert outbox.all() == []
    assert bookings.book(asked, mark) == booked
    found = bookings.find(booked.reference, proof_of(asked))
    assert dataclasses.replace(found, calendar=booked.calendar) == booked
    moved = bookings.move(booked.reference, proof_of(asked), second.starts_at, key())
    assert (moved.status, moved.starts_at) == ("moved", second.starts_at)
    assert first.starts_at in [one.starts_at for one in free(bookings, limit=1)]
    cancelled = bookings.cancel(booked.reference, proof_of(asked), key())
    assert cancelled.status == "cancelled"
    assert bookings.cancel(booked.reference, proof_of(asked), key()).status == "cancelled"
    with pytest.raises(UnknownBooking):
        bookings.move(booked.reference, proof_of(asked), first.starts_at, key())


def test_phone_digits_prove_a_booking_from_elsewhere(bookings):
    booked = bookings.book(wish(free(bookings)[0].starts_at), key())
    assert bookings.find(booked.reference, Proof("another", "0142")).reference == booked.reference


def test_wrong_reference_and_wrong_proof_are_unknown(bookings):
    booked = bookings.book(wish(free(bookings)[0].starts_at), key())
    for reference, digits in ((booked.reference, "9999"), ("HM-22222", "0142"), ("nonsense", "")):
        with pytest.raises(UnknownBooking):
            bookings.find(reference, Proof("a stranger", digits))


def test_guessing_is_stopped(bookings):
    booked = bookings.book(wish(free(bookings)[0].starts_at), key())
    for number in range(5):
        with pytest.raises(UnknownBooking):
            bookings.find(booked.reference, Proof(f"guess {number}", f"100{number}"))
    with pytest.raises(TooManyTries):
        bookings.find(booked.reference, Proof("guess 6", "0142"))


def test_taken_time_names_free_ones_and_leaves_no_letter(bookings, outbox):
    wanted = free(bookings)[0].starts_at
    with pytest.raises(SlotTaken) as taken:
        for _ in range(10):  # more than there are therapists
            bookings.book(wish(wanted), key())
    assert taken.value.slots
    assert all(one.starts_at != wanted for one in taken.value.slots)
    assert outbox.all() == outbox.all(DEAD) == []


def test_time_at_night_is_not_open(bookings, outbox):
    with pytest.raises(NotOpen) as closed:
        bookings.book(wish(free(bookings)[0].starts_at.replace(hour=3)), key())
    assert closed.value.slots
    assert outbox.all() == []


def test_wish_that_health_forbids_is_refused_and_not_kept(bookings, outbox):
    asked = wish(free(bookings)[0].starts_at)
    with pytest.raises(Refused):
        bookings.book(dataclasses.replace(asked, verdict=Verdict.AVOID), key())
    assert outbox.all() == outbox.all(DEAD) == []


def test_wrong_token_is_unavailable_and_the_wish_is_kept(stack, outbox, bookings):
    stranger = ConsoleBookings(stack.site, "no token", outbox)
    with pytest.raises(BookingUnavailable):
        free(stranger)
    asked = wish(free(bookings)[0].starts_at)
    assert stranger.book(asked, key()).is_kept_here
    assert outbox.deliver(bookings.send, later()) == 1


def test_wish_made_while_the_console_is_down_is_booked_once_when_it_is_back(
    stack, outbox, bookings
):
    asked, mark = wish(free(bookings)[0].starts_at), key()
    stack.stop("console", how=signal.SIGKILL)
    try:
        kept = bookings.book(asked, mark)
        assert (kept.reference, kept.kind, kept.status) == (
            asked.reference,
            Kind.REQUEST,
            "requested",
        )
        assert kept.is_kept_here
        assert bookings.book(asked, mark) == kept
        for call in (
            lambda: free(bookings),
            lambda: bookings.find(asked.reference, proof_of(asked)),
            lambda: bookings.move(asked.reference, proof_of(asked), asked.starts_at, key()),
            lambda: bookings.cancel(asked.reference, proof_of(asked), key()),
        ):
            with pytest.raises(BookingUnavailable):
                call()
        assert outbox.deliver(bookings.send, later()) == 0
        assert [one.key for one in outbox.all()] == [mark]
    finally:
        stack.start("console")
    assert outbox.deliver(bookings.send, later() + LONGEST_WAIT) == 1
    assert outbox.all() == outbox.all(DEAD) == []
    found = bookings.find(asked.reference, proof_of(asked))
    assert (found.starts_at, found.status) == (asked.starts_at, "booked")
    assert bookings.book(asked, mark).reference == asked.reference


def test_console_that_hangs_is_given_up_on_and_books_once(stack, outbox, bookings):
    asked, mark = wish(free(bookings)[0].starts_at), key()
    process = stack.running["console"]
    process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    try:
        kept = bookings.book(asked, mark)
        assert kept.is_kept_here
        assert time.monotonic() - began < 6
    finally:
        process.send_signal(signal.SIGCONT)
    assert outbox.deliver(bookings.send, later()) == 1
    assert bookings.find(asked.reference, proof_of(asked)).starts_at == asked.starts_at


def test_time_given_away_meanwhile_is_a_dead_letter_for_staff(stack, outbox, bookings):
    wanted = free(bookings)[0].starts_at
    away = ConsoleBookings("http://127.0.0.1:9", "t", outbox)
    asked, mark = wish(wanted), key()
    assert away.book(asked, mark).is_kept_here
    with pytest.raises(SlotTaken):
        for _ in range(10):
            bookings.book(wish(wanted), key())
    assert outbox.deliver(bookings.send, later()) == 0
    assert [(one.key, one.why) for one in outbox.all(DEAD)] == [(mark, "refused")]
