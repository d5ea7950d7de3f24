"""While staff speak, nothing answers the assistant, and nothing about health is lost."""

from __future__ import annotations

import time
from typing import Any

import pytest
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ConversationPaused,
    ConversationResumed,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from frontdesk.clinical.conditions import load_conditions
from frontdesk.components import pause
from frontdesk.settings import ROOT, data_folder

DOMAIN = Domain.load(str(ROOT / "domain.yml"))
LISTENS = ActionExecuted("action_listen")


def said(intent: str, *entities: dict[str, Any], at: float | None = None) -> UserUttered:
    return UserUttered("...", {"name": intent}, list(entities), timestamp=at)


def tracker_of(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("someone", list(events), DOMAIN.slots)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([LISTENS, ConversationPaused(), ConversationResumed(), said("affirm")], True),
        ([LISTENS, ConversationPaused(), ConversationResumed(), said("deny")], True),
        ([LISTENS, ConversationPaused(), ConversationResumed(), said("inform")], False),
        ([ConversationPaused(), ConversationResumed(), LISTENS, said("affirm")], False),
        ([LISTENS, said("affirm")], False),
        ([said("affirm")], False),
        ([], False),
    ],
)
def test_bare_answer_right_after_staff_left_is_theirs(events, expected):
    assert pause.is_meant_for_staff(tracker_of(*events)) is expected


def test_health_told_to_staff_is_noted():
    flag = {"entity": "red_flag", "value": "rf_suicidal", "assertion": "present"}
    tracker = tracker_of(
        LISTENS,
        SlotSet("asked", ["pregnancy"]),
        ConversationPaused(),
        said("out_of_scope", flag | {"subject": "client", "start": 0, "end": 3}),
    )
    pause.note(tracker, load_conditions(data_folder()))
    assert tracker.get_slot("urgency") == "crisis"
    assert [one["id"] for one in tracker.get_slot("findings")] == ["rf_suicidal"]
    assert tracker.get_slot("asked") is None


def test_yes_to_staff_is_no_answer_about_health():
    asked = SlotSet("asked", ["rf_suicidal"])
    tracker = tracker_of(LISTENS, asked, ConversationPaused(), said("affirm"))
    pause.note(tracker, load_conditions(data_folder()))
    assert not tracker.get_slot("findings")


def test_session_does_not_end_while_staff_have_the_conversation(monkeypatch):
    for name in ("run_action_extract_slots", "_has_session_expired"):
        monkeypatch.setattr(MessageProcessor, name, getattr(MessageProcessor, name))
    pause.set_up()
    processor = MessageProcessor.__new__(MessageProcessor)
    processor.domain = DOMAIN
    long_ago = said("greet", at=time.time() - 2 * 3600)
    assert processor._has_session_expired(tracker_of(LISTENS, long_ago))
    assert not processor._has_session_expired(tracker_of(LISTENS, long_ago, ConversationPaused()))
