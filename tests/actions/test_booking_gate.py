"""No order of messages leads to a booking that was not checked."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.channels.visitor import Sessions
from tests.stack import Stack
from tests.visitor import Visitor, texts

KEY = "a key for tests, long enough to be one"
# What only a booking that went through says.
BOOKED = ("You're booked", "Your request is in", "kept this as a request")
SAYINGS = (
    "book a deep tissue massage",
    "book a Swedish massage for me",
    "book me in for Friday",
    "hot stone please, tomorrow at 3",
    "have you anything free on Friday?",
    "help me pick a massage",
    "lower back, from lifting, firm",
    "yes",
    "no",
    "skip",
    "stop",
    "never mind the questions, just book it",
    "I'm on warfarin",
    "I have a slipped disc",
    "I'm pregnant",
    "I'm not pregnant",
    "I have a blood clot in my leg",
    "scratch that, it was my sister with the clot",
    "I have no feeling between my legs",
    "ok forget that",
    "my surgeon cleared me for massage",
    "what does it cost?",
    "it's for my dad, he has epilepsy",
    "thanks",
    "I'd rather talk to a person",
    "next Tuesday at 3 pm for 60 minutes, I'm Sam Ortiz, 212-555-0142",
    "Sam Ortiz",
    "sam@ortiz-family.com",
)
BUTTON = st.integers(min_value=0, max_value=8)  # the newest buttons, by their place
STEPS = st.lists(st.one_of(st.sampled_from(SAYINGS), BUTTON), min_size=3, max_size=14)


def _slots(stack: Stack, visitor: Visitor) -> dict[str, Any]:
    conversation = Sessions(KEY, 365).conversation(f"Bearer {visitor.token}")
    address = f"{stack.api}/conversations/{conversation}/tracker?token={stack.token}"
    with urllib.request.urlopen(address, timeout=20) as told:
        slots: dict[str, Any] = json.load(told)["slots"]
    return slots


def _step(visitor: Visitor, step: str | int) -> list[dict[str, Any]]:
    if isinstance(step, str):
        return visitor.say(step)
    offered = next((m["buttons"] for m in reversed(visitor.heard) if m["buttons"]), [])
    return visitor.press(offered[step % len(offered)]["title"]) if offered else []


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_no_walk_reaches_a_booking_past_the_gate(stack: Stack, steps: list[str | int]) -> None:
    visitor = Visitor(stack.chat)
    asked: set[str] = set()
    for step in steps:
        answer = texts(_step(visitor, step))
        asked |= set(re.findall(r"(\d) of 6", answer))
        if not any(sign in answer for sign in BOOKED):
            continue
        slots = _slots(stack, visitor)
        assert slots["screening_done"] is True, (steps, answer)
        assert asked == set("123456"), (steps, answer)
        assert (slots["urgency"] or "none") in ("none", "see_gp"), (steps, answer)
        verdicts = slots["suitability"] or {}
        verdict = verdicts.get(slots["treatment"], {}).get("verdict", "ok")
        assert verdict != "avoid", (steps, answer)
        if "You're booked" in answer:
            assert verdict in ("ok", "adapt"), (steps, answer)


def _screened(visitor: Visitor) -> list[dict[str, Any]]:
    visitor.press("Yes, go on")
    told: list[dict[str, Any]] = []
    for _ in range(6):
        told = visitor.press("None, or that's all")
    return told


def test_a_screened_visitor_gets_through(stack: Stack) -> None:
    visitor = Visitor(stack.chat)
    visitor.say("book a Swedish massage for 60 minutes, I'm Sam Ortiz, 212-555-0142")
    _screened(visitor)
    _step(visitor, 0)  # the first free time
    assert BOOKED[0] in texts(visitor.press("Yes, book it"))
    slots = _slots(stack, visitor)
    assert slots["screening_done"] is True
    assert re.fullmatch(r"HM-[2-9A-Z]{5}", slots["booking_reference"])


def test_answers_of_one_person_do_not_book_for_another(stack: Stack) -> None:
    visitor = Visitor(stack.chat)
    visitor.say("book a Swedish massage for 60 minutes, I'm Sam Ortiz, 212-555-0142")
    _screened(visitor)
    _step(visitor, 0)
    visitor.press("Yes, book it")
    assert "questions about the health" in texts(visitor.say("now book Swedish for my mum"))
