"""Killing the console at any moment loses no booking and doubles none."""

from __future__ import annotations

import random
import signal
import sqlite3
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from frontdesk.gateways.outbox import DEAD, LONGEST_WAIT, Outbox
from tests.gateways.examples import console_bookings, free, wish
from tests.stack import Stack

ROUNDS, AT_ONCE = 20, 5
LONGEST_LIFE = 0.3  # seconds between the first request and the kill


@pytest.fixture
def stack(tmp_path):
    running = Stack(tmp_path)
    try:
        running.start("console")
        yield running
    finally:
        running.close()


def own_times(bookings, count):
    """As many times that do not overlap, each with a free therapist."""
    found = []
    for slot in free(bookings, days=120):
        if not found or (slot.starts_at - found[-1]).total_seconds() >= 7200:
            found.append(slot.starts_at)
    assert len(found) >= count
    return found[:count]


def stored(stack):
    """Every appointment and every claimed quarter hour in the console's own database."""
    (path,) = [one for one in stack.folder.glob("*.db") if _has_bookings(one)]
    with sqlite3.connect(path) as database:
        rows = database.execute(
            "select conversation, reference, status, starts_at, therapist_id, room_id"
            " from bookings_appointment"
        ).fetchall()
        cells = database.execute("select kind, resource, cell from bookings_claim").fetchall()
        (health,) = database.execute("pragma integrity_check").fetchone()
    assert health == "ok"
    return rows, cells


def _has_bookings(path):
    with sqlite3.connect(path) as database:
        named = "select count(*) from sqlite_master where name = 'bookings_appointment'"
        return bool(database.execute(named).fetchone()[0])


def test_killed_console_books_every_wish_exactly_once(stack, tmp_path):
    outbox = Outbox(f"sqlite:///{tmp_path}/outbox.sqlite")
    bookings = console_bookings(stack, outbox)
    chance = random.Random(20)
    wishes = [wish(starts_at) for starts_at in own_times(bookings, ROUNDS * AT_ONCE)]
    keys = [uuid.uuid4().hex for _ in wishes]
    simulated = time.time()
    told, delays = {}, [chance.uniform(0, LONGEST_LIFE) for _ in wishes]

    def book(number):
        time.sleep(delays[number])
        told[number] = bookings.book(wishes[number], keys[number])

    unheard = set()  # conversations whose wish was booked, and the answer never arrived
    began = time.monotonic()
    with ThreadPoolExecutor(AT_ONCE + 1) as pool:
        for first in range(0, len(wishes), AT_ONCE):
            simulated += 2 * LONGEST_WAIT
            running = [pool.submit(book, first + n) for n in range(AT_ONCE)]
            # what earlier rounds left is delivered meanwhile, and the kill meets that as well
            running.append(pool.submit(outbox.deliver, bookings.send, simulated))
            time.sleep(chance.uniform(0, LONGEST_LIFE))
            stack.stop("console", how=signal.SIGKILL)
            for one in running:
                one.result(30)
            waiting = {one.body["conversation"] for one in outbox.all()}
            unheard |= waiting & {row[0] for row in stored(stack)[0]}
            stack.start("console")
    kept = sum(one.is_kept_here for one in told.values())
    while outbox.all():
        simulated += 2 * LONGEST_WAIT
        outbox.deliver(bookings.send, simulated)
    took = time.monotonic() - began

    rows, cells = stored(stack)
    assert len(told) == len(wishes)
    assert outbox.all(DEAD) == []
    assert sorted(row[0] for row in rows) == sorted(one.conversation for one in wishes)
    by_conversation = {row[0]: row for row in rows}
    for number, asked in enumerate(wishes):
        _, reference, status, *_ = by_conversation[asked.conversation]
        assert (reference, status) == (told[number].reference, "booked")
    assert len(set(cells)) == len(cells)
    assert len({(row[3], row[4]) for row in rows}) == len({(r[3], r[5]) for r in rows}) == len(rows)
    assert 0 < kept < len(wishes)
    print(
        f"{len(wishes)} bookings, {ROUNDS} kills: {kept} kept for later,"
        f" {len(unheard)} of them booked without an answer; {took:.0f} s"
    )
