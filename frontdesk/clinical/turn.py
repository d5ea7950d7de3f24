"""What a turn of a conversation adds to what is known of somebody's health."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.clinical.answers import answered
from frontdesk.domain.condition import Condition
from frontdesk.domain.finding import Assertion, Finding, Subject, merged

HEALTH = ("condition", "red_flag")
WITHDRAWN = "withdrawn"  # the entity of a button that takes a finding back
ANSWERS = {"affirm": "yes", "deny": "no"}


@dataclass(frozen=True, slots=True)
class Turn:
    """What a message says of health, what it answers, and what holds after it."""

    said: tuple[Finding, ...]
    answers: tuple[Finding, ...]
    now: tuple[Finding, ...]


def turn(
    message: Mapping[str, Any],
    before: Iterable[Mapping[str, Any]],
    asked: Sequence[str],
    conditions: Mapping[str, Condition],
) -> Turn:
    """Take a message into account; the same message again changes nothing.

    Args:
        message: Rasa's, with ``entities``, ``intent`` and ``text``.
        before: the slot ``findings``.
        asked: ids of the entries that were just asked about.
        conditions: all entries by id.
    """
    entities = [one for one in message.get("entities") or () if one.get("entity") in HEALTH]
    text = str(message.get("text") or "")
    said = []
    for one in entities:
        for value in one["value"] if isinstance(one["value"], list) else [one["value"]]:
            words = text[one.get("start") or 0 : one.get("end") or 0]
            if value in conditions:
                said.append(Finding.from_dict({**one, "id": value, "text": words or text}))
    said += _withdrawn(message, conditions)
    answers: list[Finding] = []
    if not said and asked:
        intent = str((message.get("intent") or {}).get("name", ""))
        known = [name for name in asked if name in conditions]
        answers = answered(text, known) or answered(ANSWERS.get(intent, ""), known)
    is_corrected = any(one.get("corrects") for one in entities)
    kept = [Finding.from_dict(one) for one in before]
    now = merged(kept, [*said, *answers], conditions, is_corrected=is_corrected)
    return Turn(tuple(said), tuple(answers), now)


def _withdrawn(message: Mapping[str, Any], conditions: Mapping[str, Condition]) -> list[Finding]:
    values = [e["value"] for e in message.get("entities") or () if e.get("entity") == WITHDRAWN]
    return [
        Finding(value, Assertion.ABSENT, Subject.CLIENT) for value in values if value in conditions
    ]
