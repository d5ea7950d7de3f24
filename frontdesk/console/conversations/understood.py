"""Unpacks Rasa's events into what the screens speak of."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from frontdesk.clinical.masking import Kind, Span
from frontdesk.console.conversations.store import Event

FALLBACK = "nlu_fallback"
HEALTH = ("condition", "red_flag")
STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Noticed:
    """One condition or red flag in a message, and where its words stand."""

    id: str
    kind: str
    assertion: str
    subject: str
    start: int
    end: int
    reader: str
    sureness: float

    @property
    def is_alarm(self) -> bool:
        """Whether it says that the client has a red flag now."""
        is_now = self.assertion in ("present", "possible") and self.subject == "client"
        return self.kind == "red_flag" and is_now


@dataclass(frozen=True, slots=True)
class Said:
    """What a visitor wrote, and what was understood."""

    text: str
    channel: str
    intent: str
    confidence: float | None
    noticed: Sequence[Noticed]
    treatments: Sequence[str]
    is_button: bool
    ranking: Sequence[tuple[str, float]]
    private: Sequence[Span] | None


def moment(event: Event) -> datetime.datetime:
    """When an event happened."""
    return datetime.datetime.fromtimestamp(event.at, tz=datetime.timezone.utc)


def said(event: Event) -> Said:
    """A visitor's message."""
    parsed = event.data.get("parse_data") or {}
    intent = parsed.get("intent") or {}
    entities = parsed.get("entities") or []
    confidence = intent.get("confidence")
    text = str(event.data.get("text") or "")
    return Said(
        text=text,
        channel=str(event.data.get("input_channel") or ""),
        intent=str(intent.get("name") or ""),
        confidence=float(confidence) if confidence is not None else None,
        noticed=tuple(_noticed(one, len(text)) for one in entities if one["entity"] in HEALTH),
        treatments=_treatments(entities),
        is_button=any(one.get("extractor") == "button" for one in entities)
        or parsed.get("intent_ranking") == [intent],
        ranking=tuple(
            (str(one.get("name")), float(one.get("confidence") or 0))
            for one in parsed.get("intent_ranking") or ()
        ),
        private=_private(parsed),
    )


def _private(parsed: dict[str, Any]) -> tuple[Span, ...] | None:
    """What was found to be personal, nothing when nobody looked."""
    if "private" not in parsed:
        return None
    return tuple(Span(int(start), int(end), Kind(kind)) for start, end, kind in parsed["private"])


def is_by_staff(event: Event) -> bool:
    """Whether a person of the clinic wrote this, and not the assistant."""
    return event.kind == "bot" and (event.data.get("metadata") or {}).get("from") == STAFF


def _noticed(entity: dict[str, Any], length: int) -> Noticed:
    return Noticed(
        id=str(entity.get("value")),
        kind=str(entity["entity"]),
        assertion=str(entity.get("assertion") or "present"),
        subject=str(entity.get("subject") or "client"),
        start=min(int(entity.get("start") or 0), length),
        end=min(int(entity.get("end") or 0), length),
        reader=str(entity.get("reader") or ""),
        sureness=float(entity.get("sureness") or 1.0),
    )


def _treatments(entities: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    named = (one.get("value") for one in entities if one["entity"] == "treatment")
    every = [each for one in named for each in (one if isinstance(one, list) else [one])]
    return tuple(dict.fromkeys(map(str, every)))
