"""What is known of the client's health at this point of a conversation, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from actions.conversation import as_list, said
from actions.knowledge import conditions, filled
from frontdesk.clinical.turn import Turn, turn
from frontdesk.domain.assessment import MILDEST_FIRST, Assessment, assess, fires
from frontdesk.domain.condition import Condition, Urgency
from frontdesk.domain.finding import Finding
from frontdesk.domain.treatment import COVERED

URGENCIES = tuple(Urgency)


def heard(tracker: Tracker) -> Turn:
    """What the latest message adds, and what holds after it.

    The safety policy has put it into the slots before an action runs; taking a message into
    account once more changes nothing.
    """
    known = tracker.get_slot("findings") or []
    heard_now = turn(tracker.latest_message, known, (), conditions())
    answered = set(as_list(tracker.get_slot("answered")))
    answers = tuple(one for one in heard_now.now if one.id in answered)
    return replace(heard_now, answers=answers)


def assessment(tracker: Tracker) -> Assessment:
    """What may be done, treatment by treatment, after the latest message."""
    return assess(heard(tracker).now, COVERED, conditions())


def firing(findings: Iterable[Finding]) -> list[str]:
    """The ids of the findings that count, each once: gravest first, of two names the closer."""
    names = dict.fromkeys(one.id for one in findings if fires(one, conditions()))
    implied = {other for name in names for other in conditions()[name].implies}
    return sorted(
        names, key=lambda name: (_gravity(conditions()[name]), name not in implied), reverse=True
    )


def worst_flag(findings: Iterable[Finding]) -> str:
    """The most urgent red flag among findings that count, empty when there is none."""
    flags = [name for name in firing(findings) if conditions()[name].is_red_flag]
    return flags[0] if flags else ""


def treatment_asked(tracker: Tracker) -> str:
    """The covered treatment the message names, or the one under discussion."""
    names = said(tracker, "treatment") or as_list(tracker.get_slot("treatment"))
    return next((name for name in names if name in COVERED), "")


def called(names: Iterable[str]) -> str:
    """The conditions as a person would list them: "blood thinners and diabetes"."""
    named = list(names)
    implied = {other for name in named for other in conditions()[name].implies}
    words = [conditions()[name].called for name in named if name not in implied]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 2 else words)


def words_of(name: str) -> dict[str, Any]:
    """What fills a reply about one entry."""
    condition = conditions()[name]
    return {
        "id": name,
        "called": condition.called,
        "question": condition.question,
        "advice": filled(condition.advice),
        "alternative": filled(condition.alternative),
    }


def _gravity(condition: Condition) -> tuple[int, int]:
    worst = max(MILDEST_FIRST.index(condition.verdict(treatment)) for treatment in COVERED)
    return URGENCIES.index(condition.urgency), worst
