"""When something is down, slow or flooded: the visitor hears the truth and nothing is lost."""

from __future__ import annotations

import signal
import time
import uuid

import pytest

from tests.stack import Stack
from tests.visitor import Visitor, texts

PHONE = "(212) 555-0148"


@pytest.fixture(scope="module")
def fragile(model, tmp_path_factory):
    """A product of its own, with the limits people meet and parts that may be stopped."""
    running = Stack(
        tmp_path_factory.mktemp("fragile"),
        FRONTDESK_VISITOR_PACE="6 per 5 second",
        FRONTDESK_SESSION_PACE="40 per minute",
    )
    try:
        running.start("assistant", "actions")
        yield running
    finally:
        running.close()


def test_action_server_down_then_back(fragile):
    visitor = Visitor(fragile.chat)
    visitor.press("Help me pick a massage")
    visitor.press("Neck")
    fragile.stop("actions")
    began = time.monotonic()
    told = visitor.say("what is deep tissue massage?")
    assert time.monotonic() - began < 5
    assert PHONE in texts(told)
    fragile.start("actions")
    assert "presses much harder" in texts(visitor.say("what is deep tissue massage?"))
    assert "how firm" in texts(visitor.press("Stress"))


def test_action_server_slow(fragile):
    visitor = Visitor(fragile.chat)
    process = fragile.running["actions"]
    process.send_signal(signal.SIGSTOP)
    try:
        began = time.monotonic()
        told = visitor.say("what types of massage do you have?")
        assert time.monotonic() - began < 5
        assert PHONE in texts(told)
    finally:
        process.send_signal(signal.SIGCONT)
    assert "trigger point" in texts(visitor.say("what types of massage do you have?")).lower()


def test_too_fast_is_told_when_to_go_on_and_loses_nothing(fragile):
    visitor = Visitor(fragile.chat)
    bodies = [{"id": str(uuid.uuid4()), "text": "where are you?"} for _ in range(9)]
    answers = [visitor.send(body) for body in bodies]
    refused = [n for n, answer in enumerate(answers) if answer.status == 429]
    assert refused and refused[0] == 6
    wait = int(answers[refused[0]].headers["retry-after"])
    assert 1 <= wait <= 5
    time.sleep(wait + 0.5)
    again = visitor.send(bodies[refused[0]])
    assert again.status == 200, (again.body, again.headers, wait)
    assert "Quayside" in again.body["messages"][1]["text"]


def test_one_visitors_flood_does_not_stop_another(fragile):
    flooding, calm = Visitor(fragile.chat), Visitor(fragile.chat)
    for _ in range(12):
        flooding.send({"id": str(uuid.uuid4()), "text": "hi"})
    assert "Quayside" in texts(calm.say("where are you?"))


def test_restarted_assistant_still_knows_the_conversation(fragile):
    visitor = Visitor(fragile.chat)
    visitor.press("Help me pick a massage")
    visitor.press("Lower back")
    fragile.stop("assistant", how=signal.SIGKILL)
    fragile.start("assistant")
    assert [m["from"] for m in visitor.history().body["messages"]].count("visitor") == 2
    assert "how firm" in texts(visitor.press("Stress"))


def test_session_too_old_is_refused(fragile, monkeypatch):
    from frontdesk.channels.visitor import SessionRefused, Sessions

    key = fragile.env["FRONTDESK_SECRET_KEY"]
    _, token = Sessions(key, 30).issue()
    assert Sessions(key, 30).conversation(f"Bearer {token}")
    later = time.time() + 31 * 86_400
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    with pytest.raises(SessionRefused, match="too old"):
        Sessions(key, 30).conversation(f"Bearer {token}")
