"""Reads what was said so far out of the tracker Rasa sends."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker


def said(tracker: Tracker, entity: str) -> list[str]:
    """The values of an entity in the latest message, each once, in order."""
    found = [
        value
        for one in tracker.latest_message.get("entities", [])
        if one.get("entity") == entity
        for value in as_list(one.get("value"))
    ]
    return list(dict.fromkeys(found))


def as_list(value: Any) -> list[str]:
    """A slot's value as a list: Rasa gives one value bare and several in a list."""
    if value is None:
        return []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def last(value: Any) -> str:
    """The last of a slot's values, empty when it has none."""
    values = as_list(value)
    return values[-1] if values else ""


def _newest_first(tracker: Tracker) -> list[dict[str, Any]]:
    """The events before the latest message, newest first."""
    events = list(reversed(tracker.events))
    latest = next((n for n, one in enumerate(events) if one.get("event") == "user"), len(events))
    return events[latest + 1 :]


def replies_before(tracker: Tracker) -> list[dict[str, Any]]:
    """What the assistant said before the latest message, newest first, as ``metadata``."""
    return [
        event.get("metadata") or {}
        for event in _newest_first(tracker)
        if event.get("event") == "bot"
    ]


def last_answer(tracker: Tracker) -> list[dict[str, Any]]:
    """All that was said in answer to the message before the latest, as ``metadata``."""
    answer: list[dict[str, Any]] = []
    for event in _newest_first(tracker):
        if event.get("event") == "user":
            break
        if event.get("event") == "bot":
            answer.append(event.get("metadata") or {})
    return answer


def details(reply: dict[str, Any]) -> dict[str, Any]:
    """What a reply's author noted beside its words: its claims, what a yes to it means."""
    return reply.get("metadata") or {}


def misunderstandings(tracker: Tracker) -> int:
    """How many messages in a row, up to the latest, were not understood.

    Those that staff read and answered do not count.
    """
    count = 0
    for event in reversed(tracker.events):
        if event.get("event") == "resume":
            break
        if event.get("event") == "user":
            intent = event.get("parse_data", {}).get("intent", {}).get("name")
            if intent != "nlu_fallback":
                break
            count += 1
    return count
