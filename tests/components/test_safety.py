"""Health in the message path: entities, slots, the gate, and what happens when reading fails."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent

from frontdesk import settings
from frontdesk.components import health
from frontdesk.gateways.handoffs import HandoffTable
from tests.stack import Stack
from tests.visitor import Visitor, texts


def _parsed(stack: Stack, text: str) -> dict[str, Any]:
    address = f"{stack.api}/model/parse?token={stack.token}"
    request = urllib.request.Request(address, json.dumps({"text": text}).encode())
    with urllib.request.urlopen(request, timeout=20) as told:
        parsed: dict[str, Any] = json.load(told)
    return parsed


def _found(parsed: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    return {
        (one["entity"], one["value"], one["assertion"], one["subject"])
        for one in parsed["entities"]
        if one["entity"] in ("condition", "red_flag")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm on warfarin", ("condition", "blood_thinners", "present", "client")),
        ("I'm not pregnant", ("condition", "pregnancy", "absent", "client")),
        ("my mum had a DVT", ("condition", "dvt_blood_clot", "present", "other")),
        ("booking for my pregnant wife", ("condition", "pregnancy", "present", "client")),
        ("I can't feel my legs", ("red_flag", "rf_both_legs_weak_numb", "present", "client")),
        ("might be pregnant", ("condition", "pregnancy", "possible", "client")),
    ],
)
def test_entities_carry_assertion_and_subject(
    stack: Stack, text: str, expected: tuple[str, str, str, str]
) -> None:
    assert expected in _found(_parsed(stack, text))


def test_a_red_flag_is_the_intent_whatever_else_is_asked(stack: Stack) -> None:
    parsed = _parsed(stack, "how much is a massage, I've lost control of my bladder since Monday")
    assert parsed["intent"]["name"] == "report_red_flag"
    assert _parsed(stack, "what if I had chest pain?")["intent"]["name"] != "report_red_flag"
    assert _parsed(stack, "my back is killing me")["intent"]["name"] != "report_red_flag"


def test_staff_are_told_of_a_red_flag_each_time_and_without_the_words(stack: Stack) -> None:
    table = HandoffTable(f"sqlite:///{stack.folder}/website.db")
    before = table.all()
    visitor = Visitor(stack.chat)
    visitor.say("I can't feel my legs since this morning")
    visitor.say("I really can't feel my legs")
    mine = [row for row in table.all() if row not in before]
    assert [row["findings"] for row in mine] == ["rf_both_legs_weak_numb"] * 2
    assert {row["urgency"] for row in mine} == {"emergency"}
    assert len({row["conversation"] for row in mine}) == 1
    assert "morning" not in str(mine)


def test_a_red_flag_stays_until_it_is_taken_back(stack: Stack) -> None:
    visitor = Visitor(stack.chat)
    visitor.say("I have chest pain and I'm out of breath")
    assert "health comes first" in texts(visitor.say("book a Swedish massage"))
    visitor.press("That's not what I meant")
    assert "health comes first" not in texts(visitor.say("book a Swedish massage"))


def test_a_reading_that_fails_sends_people_to_a_person(
    model: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    secret = "my very private words"

    def broken(*_: object) -> None:
        raise RuntimeError(f"cannot read {secret}")

    monkeypatch.setattr(health.HealthReader, "_read", broken)
    agent = Agent.load(str(settings.models_folder()))
    told = asyncio.run(agent.handle_text(f"book a massage, {secret}", sender_id="fails"))
    assert "speak to us before you book" in " ".join(one["text"] for one in told)
    assert secret not in caplog.text


def test_a_model_does_not_run_with_words_it_was_not_trained_with(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "_built_mark", lambda: "another")
    with pytest.raises(Exception, match="HealthReader") as refused:
        Agent.load(str(settings.models_folder()))
    assert "make train" in str(refused.value.__cause__)
