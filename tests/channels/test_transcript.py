"""The transcript on SQLite and PostgreSQL: claimed once, kept once, found again."""

from __future__ import annotations

import threading
import uuid
from datetime import datetime, timedelta, timezone

import pytest

from frontdesk.channels import transcript
from frontdesk.channels.transcript import Entry, Offer, Transcript


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    if request.param == "sqlite":
        return Transcript(f"sqlite:///{tmp_path}/website.db")
    return Transcript(request.getfixturevalue("postgres"))


@pytest.fixture
def conversation():
    return uuid.uuid4().hex


def new_id():
    return str(uuid.uuid4())


def begin(store, conversation, turn):
    return store.begin(conversation, Entry(turn, "visitor", "hi", turn)) is not None


def test_turn_is_claimed_by_one_of_many(store, conversation):
    turn, claimed = new_id(), []
    threads = [
        threading.Thread(target=lambda: claimed.append(begin(store, conversation, turn)))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == [False] * 11 + [True]


def test_released_turn_may_be_tried_again(store, conversation):
    turn = new_id()
    assert begin(store, conversation, turn)
    store.release(conversation, turn)
    assert begin(store, conversation, turn)


def test_turn_cut_off_by_a_crash_may_be_taken_over(store, conversation, monkeypatch):
    turn = new_id()
    assert begin(store, conversation, turn)
    assert not begin(store, conversation, turn)
    monkeypatch.setattr(transcript, "STALE", timedelta(seconds=-1))
    assert begin(store, conversation, turn)
    store.finish(conversation, turn)
    assert not begin(store, conversation, turn)
    assert store.is_done(conversation, turn)


def test_message_is_kept_once_and_whole(store, conversation):
    entry = Entry(
        new_id(),
        "assistant",
        "Which <b>one</b>? 🙂",
        turn="t",
        sources=[{"claim": "A01", "article": "x", "section": "y"}],
        card={"kind": "note", "title": "z"},
        offers=(Offer("Neck", '/inform{"pain_area":"neck"}'),),
    )
    kept = store.add(conversation, entry)
    again = store.add(conversation, entry)
    assert kept.seq == again.seq and kept.offers == again.offers
    assert store.since(conversation, 0) == [kept] == store.of_turn(conversation, "t")
    assert store.since(conversation, kept.seq) == []
    assert store.offer(conversation, kept.offers[0].id).payload.startswith("/inform")
    assert store.offer(uuid.uuid4().hex, kept.offers[0].id) is None
    assert "payload" not in kept.shown()["buttons"][0]
    assert datetime.fromisoformat(kept.at) <= datetime.now(timezone.utc)


def test_long_conversation_gives_its_end(store, conversation):
    for number in range(30):
        store.add(conversation, Entry(new_id(), "visitor", str(number)))
    assert [entry.text for entry in store.since(conversation, 0, most=3)] == ["27", "28", "29"]
