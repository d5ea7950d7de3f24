"""Recorded turns as patterns: what differs each time is filled in, all else stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from frontdesk.settings import ROOT

TURNS = ROOT / "benchmarks" / "console" / "turns.jsonl"
_PLACE = re.compile(r'"<<(\w+)>>"|<<(words)>>')


@dataclass(frozen=True, slots=True)
class Pattern:
    """One event; ``pieces`` are its text and, every second one, the name of what belongs there."""

    kind: str
    intent: str | None
    action: str | None
    after: float
    pieces: tuple[str, ...]

    def filled(self, values: Mapping[str, str]) -> str:
        """The event as Rasa stores it."""
        pieces = list(self.pieces)
        pieces[1::2] = [values[name] for name in pieces[1::2]]
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message of a visitor leads to; the first of a topic opens the conversation."""

    topic: str
    events: tuple[Pattern, ...]


@lru_cache
def topics() -> dict[str, list[Turn]]:
    """The turns of each topic: the opening, then one a message."""
    found: dict[str, dict[int, list[Pattern]]] = {}
    for line in TURNS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        turns = found.setdefault(row["topic"], {})
        turns.setdefault(row["turn"], []).append(_pattern(row))
    return {
        topic: [Turn(topic, tuple(events)) for _, events in sorted(turns.items())]
        for topic, turns in found.items()
    }


def booked() -> Pattern:
    """The event that tells of a finished booking."""
    slot = {"event": "slot", "timestamp": 0, "metadata": {}, "name": "booking_reference"}
    row = {"kind": "slot", "intent": None, "action": "booking_reference", "after": 0.0}
    return _pattern(row | {"data": slot | {"value": "<<reference>>"}})


def _pattern(row: Mapping[str, Any]) -> Pattern:
    data = dict(row["data"])
    data["timestamp"] = "<<at>>"
    if row["kind"] == "user":
        data |= {"text": data["text"] + "<<words>>", "message_id": "<<id>>"}
        data["input_channel"] = "<<channel>>"
        data["parse_data"] = _parsed(dict(data["parse_data"]))
    cut = _PLACE.split(json.dumps(data))
    # two groups stand between pieces of text, of which one is empty
    pieces = [cut[0]]
    for one, other, text in zip(cut[1::3], cut[2::3], cut[3::3], strict=True):
        pieces += [one or other, text]
    return Pattern(row["kind"], row["intent"], row["action"], row["after"], tuple(pieces))


def _parsed(parsed: dict[str, Any]) -> dict[str, Any]:
    """What was understood, with a sureness of its own unless a rule has decided."""
    parsed |= {"text": parsed["text"] + "<<words>>", "message_id": "<<id>>"}
    intent, ranking = parsed["intent"], parsed["intent_ranking"]
    if intent["confidence"] < 1.0:
        sure = {"name": intent["name"], "confidence": "<<confidence>>"}
        parsed["intent"] = sure
        parsed["intent_ranking"] = [sure, *ranking[1:]]
    return parsed
