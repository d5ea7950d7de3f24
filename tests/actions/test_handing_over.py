"""What is promised about people depends on the hour, and on whether staff were told at all."""

from __future__ import annotations

import asyncio
import datetime
import sqlite3
import time
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import handing_over
from actions.bookings import zone
from actions.confirm_erasure import ConfirmErasure
from actions.handle_misunderstanding import HandleMisunderstanding
from actions.report_red_flag import ReportRedFlag
from actions.request_callback import RequestCallback
from actions.request_person import RequestPerson
from actions.take_complaint import TakeComplaint
from frontdesk.gateways.handoffs import HandoffTable

OPEN = "2026-11-23T11:00"  # a Monday
KNOWN = {"contact_name": "Sam", "contact_phone": "+12125550142"}


def tracker_of(*entities: dict[str, Any], intent: str = "talk_to_human", **slots: Any) -> Tracker:
    message = {"text": "...", "intent": {"name": intent}, "entities": list(entities)}
    said = {"event": "user", "parse_data": message}
    return Tracker("a conversation", slots, message, [said], False, None, {}, "action_listen")


def run(action: Any, tracker: Tracker) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What is said, and the events."""
    dispatcher = CollectingDispatcher()
    events = asyncio.run(action.run(dispatcher, tracker, {}))
    return dispatcher.messages, events


def followed(events: list[dict[str, Any]]) -> list[str]:
    """What comes next by itself."""
    return [event["name"] for event in events if event["event"] == "followup"]


@pytest.fixture
def table(tmp_path, monkeypatch) -> HandoffTable:
    """An empty table that the actions write to."""
    address = f"sqlite:///{tmp_path}/handoffs.db"
    monkeypatch.setattr(handing_over, "database_url", lambda: address)
    handing_over.queue.cache_clear()
    yield HandoffTable(address)
    handing_over.queue.cache_clear()


@pytest.fixture
def clock(monkeypatch):
    """Sets the time at the clinic."""

    def set_to(text: str) -> None:
        at = datetime.datetime.fromisoformat(text).replace(tzinfo=zone()).timestamp()
        monkeypatch.setattr("actions.bookings.time.time", lambda: at)

    set_to(OPEN)
    return set_to


@pytest.mark.parametrize(
    ("now", "waiting", "calling", "words"),
    [
        (OPEN, "open", "open", "7 pm"),
        ("2026-11-23T18:29", "open", "open", "7 pm"),
        ("2026-11-23T18:31", "open", "closed", "Tuesday, November 24 at 9 am"),
        ("2026-11-23T07:10", "later_today", "later_today", "9 am"),
        ("2026-11-23T19:00", "closed", "closed", "Tuesday, November 24 at 9 am"),
        ("2026-11-28T16:30", "closed", "closed", "Monday, November 30 at 9 am"),
        ("2026-11-29T12:00", "closed", "closed", "Monday, November 30 at 9 am"),
    ],
)
def test_reply_is_that_of_the_hour(table, clock, now, waiting, calling, words):
    clock(now)
    (person,), _ = run(RequestPerson(), tracker_of())
    (call,), _ = run(RequestCallback(), tracker_of(intent="request_callback", **KNOWN))
    assert person["response"] == f"utter_waiting_{waiting}"
    assert call["response"] == f"utter_calling_{calling}"
    assert words in (call["until"] if calling == "open" else (call["when"], call["hour"]))
    assert (call["name"], call["reach"]) == ("Sam", "(212) 555-0142")
    assert [row["reason"] for row in table.all()] == ["call_back", "person"]


def test_clinic_that_never_opens_promises_nobody(table, clock, monkeypatch):
    monkeypatch.setattr(handing_over, "opening_at", lambda *_: None)
    monkeypatch.setattr(handing_over, "next_opening", lambda *_: None)
    (said,), _ = run(RequestPerson(), tracker_of())
    assert said["response"] == "utter_waiting_untold"


def test_a_call_needs_name_and_number(table, clock):
    for slots in ({}, {"contact_name": "Sam"}, {"contact_phone": "+12125550142"}):
        said, events = run(RequestCallback(), tracker_of(intent="request_callback", **slots))
        assert not said
        assert followed(events) == ["callback_form"]
    assert table.all() == []


@pytest.mark.parametrize(
    ("entity", "value", "in_complaint"),
    [
        ("call_back", "asked", True),
        ("call_back", "by_phone", False),
        ("phone_number", "+12125550142", True),
        ("wrong_phone", "unreadable", True),
    ],
)
def test_a_wish_for_a_person_that_asks_for_a_call(table, clock, entity, value, in_complaint):
    asks = {"entity": entity, "value": value}
    _, events = run(RequestPerson(), tracker_of(asks))
    assert followed(events) == ["callback_form"]
    assert table.all() == []
    _, events = run(TakeComplaint(), tracker_of(asks, intent="complain"))
    assert followed(events) == (["callback_form"] if in_complaint else [])
    assert [row["reason"] for row in table.all()] == ["complaint"]


def test_staff_are_told_how_urgent_it_is(table, clock):
    flag = {"id": "rf_suicidal", "kind": "red_flag", "assertion": "present", "subject": "client"}
    run(RequestPerson(), tracker_of(findings=[flag | {"text": "..."}]))
    (row,) = table.all()
    assert (row["urgency"], row["findings"]) == ("crisis", "rf_suicidal")


UNTOLD = [
    (RequestPerson(), {}, "talk_to_human", "utter_waiting_untold"),
    (RequestCallback(), KNOWN, "request_callback", "utter_calling_untold"),
    (
        RequestCallback(),
        KNOWN | {"callback_timed": True},
        "request_callback",
        "utter_calling_untold",
    ),
    (TakeComplaint(), {}, "complain", "utter_complaint_untold"),
    (ConfirmErasure(), {}, "affirm", "utter_erasure_untold"),
]


@pytest.fixture
def away(tmp_path, monkeypatch):
    """A database that cannot be opened."""
    monkeypatch.setattr(handing_over, "database_url", lambda: f"sqlite:///{tmp_path}/no/such.db")
    handing_over.queue.cache_clear()
    yield
    handing_over.queue.cache_clear()


@pytest.mark.parametrize(("action", "slots", "intent", "reply"), UNTOLD)
def test_nothing_is_promised_when_staff_cannot_be_told(away, clock, action, slots, intent, reply):
    (said,), _ = run(action, tracker_of(intent=intent, **slots))
    assert said["response"] == reply


def test_misunderstanding_and_red_flag_are_answered_when_staff_cannot_be_told(away, clock):
    lost = tracker_of(intent="nlu_fallback")
    lost.events = lost.events * 2
    (said,), _ = run(HandleMisunderstanding(), lost)
    assert said["response"] == "utter_offer_person"
    flag = {"id": "rf_suicidal", "kind": "red_flag", "assertion": "present", "subject": "client"}
    alarm = tracker_of(intent="report_red_flag", findings=[flag | {"text": "..."}])
    (said,), _ = run(ReportRedFlag(), alarm)
    assert said["response"] == "utter_red_flag_crisis"


def test_a_database_that_hangs_is_not_waited_for(table, clock, tmp_path):
    with sqlite3.connect(tmp_path / "handoffs.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        dispatcher = CollectingDispatcher()

        async def timed() -> float:
            began = time.monotonic()
            await RequestPerson().run(dispatcher, tracker_of(), {})
            return time.monotonic() - began

        # the queue itself is opened first, as it is in a running product
        handing_over.queue.cache_clear()
        try:
            loop = asyncio.new_event_loop()
            assert loop.run_until_complete(timed()) < 3
        finally:
            other.execute("ROLLBACK")
            loop.run_until_complete(loop.shutdown_default_executor())
            loop.close()
    assert dispatcher.messages[0]["response"] == "utter_waiting_untold"
