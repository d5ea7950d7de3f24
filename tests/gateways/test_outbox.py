"""Letters that reach the other side once, however long that takes."""

from __future__ import annotations

import threading
import time
from itertools import pairwise

import pytest

from frontdesk.domain.errors import FrontdeskError
from frontdesk.gateways.outbox import (
    DEAD,
    FIRST_WAIT,
    GIVEN_UP,
    IN_HAND,
    LONGEST_WAIT,
    Outbox,
    Postman,
    Refused,
)

NOW = 1_000_000.0
DUE = NOW + IN_HAND


@pytest.fixture
def outbox(tmp_path):
    return Outbox(f"sqlite:///{tmp_path}/outbox.db")


class Receiver:
    """The other side: keeps the keys it was sent, or fails with ``error``."""

    def __init__(self, error=None):
        self.error, self.keys = error, []

    def __call__(self, letter):
        self.keys.append(letter.key)
        if self.error:
            raise self.error


def away():
    return Receiver(FrontdeskError("nobody there"))


def tries(outbox, until, now=DUE, step=FIRST_WAIT):
    """The times at which a letter is tried while nobody answers."""
    found, receiver = [], away()
    while now <= until:
        before = len(receiver.keys)
        outbox.deliver(receiver, now)
        found += [now] * (len(receiver.keys) - before)
        now += step
    return found


def test_letter_arrives_once_and_leaves_no_trace(outbox):
    receiver = Receiver()
    outbox.write("k", "book", {"name": "Zoë"}, NOW)
    assert outbox.all()[0].body == {"name": "Zoë"}
    assert outbox.deliver(receiver, DUE) == 1
    assert outbox.deliver(receiver, DUE + LONGEST_WAIT) == 0
    assert receiver.keys == ["k"]
    assert outbox.all() == outbox.all(DEAD) == []


def test_same_key_is_one_letter(outbox):
    outbox.write("k", "book", {"first": True}, NOW)
    outbox.write("k", "book", {"first": False}, NOW + 1)
    assert [one.body for one in outbox.all()] == [{"first": True}]


def test_letters_go_out_oldest_first(outbox):
    receiver = Receiver()
    for key in "cab":
        outbox.write(key, "book", {}, NOW)
    assert outbox.deliver(receiver, DUE) == 3
    assert receiver.keys == ["c", "a", "b"]


def test_letter_in_hand_is_nobody_elses(outbox):
    receiver = Receiver()
    outbox.write("k", "book", {}, NOW)
    assert outbox.deliver(receiver, DUE - 1) == 0
    assert receiver.keys == []


def test_letter_whose_writer_died_is_due_later(outbox, tmp_path):
    outbox.write("k", "book", {}, NOW)  # and neither released nor removed
    receiver = Receiver()
    after_restart = Outbox(f"sqlite:///{tmp_path}/outbox.db")
    assert after_restart.deliver(receiver, DUE) == 1
    assert receiver.keys == ["k"]


def test_released_letter_is_due_soon(outbox):
    receiver = Receiver()
    outbox.write("k", "book", {}, NOW)
    outbox.release("k", NOW + 1)
    assert outbox.deliver(receiver, NOW + FIRST_WAIT) == 0
    assert outbox.deliver(receiver, NOW + 1 + FIRST_WAIT) == 1


def test_removed_letter_is_not_sent(outbox):
    receiver = Receiver()
    outbox.write("k", "book", {}, NOW)
    outbox.remove("k")
    assert outbox.deliver(receiver, DUE) == 0
    assert receiver.keys == []


def test_wait_doubles_up_to_an_hour(outbox):
    outbox.write("k", "book", {}, NOW)
    at = tries(outbox, DUE + 5 * LONGEST_WAIT)
    waits = [later - before for before, later in pairwise(at)]
    doubled = [FIRST_WAIT * 2**n for n in range(10)]
    assert waits[: len(doubled)] == doubled
    assert set(waits[len(doubled) :]) == {LONGEST_WAIT}


def test_letter_is_given_up_after_three_days_and_no_sooner(outbox):
    outbox.write("k", "book", {}, NOW)
    tries(outbox, NOW + GIVEN_UP, step=60.0)
    assert [one.key for one in outbox.all()] == ["k"]
    last = tries(outbox, NOW + GIVEN_UP + 2 * LONGEST_WAIT, NOW + GIVEN_UP + 1, step=60.0)
    assert len(last) == 1
    assert outbox.all() == []
    assert [(one.key, one.why) for one in outbox.all(DEAD)] == [("k", FrontdeskError.code)]


def test_refused_letter_is_dead_at_once(outbox):
    receiver = Receiver(Refused("no"))
    outbox.write("k", "book", {}, NOW)
    for later in range(3):
        assert outbox.deliver(receiver, DUE + later * LONGEST_WAIT) == 0
    assert receiver.keys == ["k"]
    assert [(one.key, one.why) for one in outbox.all(DEAD)] == [("k", "refused")]


def test_dead_letter_is_sent_again_when_staff_say_so(outbox):
    outbox.write("k", "book", {}, NOW)
    outbox.deliver(Receiver(Refused("no")), DUE)
    outbox.resend("k")
    assert outbox.all(DEAD) == []
    receiver = Receiver()
    assert outbox.deliver(receiver, time.time()) == 1
    assert receiver.keys == ["k"]


def test_one_refused_letter_holds_up_no_other(outbox):
    def send(letter):
        if letter.key == "bad":
            raise Refused("no")

    for key in ("bad", "good"):
        outbox.write(key, "book", {}, NOW)
    assert outbox.deliver(send, DUE) == 1
    assert [one.key for one in outbox.all(DEAD)] == ["bad"]
    assert outbox.all() == []


def test_crash_while_sending_leaves_the_letter_waiting(outbox):
    def crash(letter):
        raise KeyboardInterrupt

    outbox.write("k", "book", {}, NOW)
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver(crash, DUE)
    assert outbox.deliver(Receiver(), DUE + FIRST_WAIT) == 1


def test_deliverers_at_the_same_time_deliver_once(tmp_path):
    url = f"sqlite:///{tmp_path}/outbox.db"
    boxes = [Outbox(url) for _ in range(4)]
    for number in range(40):
        boxes[0].write(f"k{number}", "book", {}, NOW)
    receiver, together, arrived = Receiver(), threading.Barrier(len(boxes)), []

    def deliver(box):
        together.wait()
        arrived.append(box.deliver(receiver, DUE))

    threads = [threading.Thread(target=deliver, args=(box,)) for box in boxes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(receiver.keys) == sorted(f"k{number}" for number in range(40))
    assert sum(arrived) == 40
    assert boxes[0].all() == boxes[0].all(DEAD) == []


def test_postman_delivers_what_is_due(outbox):
    outbox.write("k", "book", {}, NOW)
    arrived = threading.Event()
    postman = Postman(outbox, lambda letter: arrived.set(), every=0.02)
    postman.start()
    assert arrived.wait(5)
    postman.stopped.set()
    postman.join(5)
    assert not postman.is_alive()
    assert outbox.all() == []
