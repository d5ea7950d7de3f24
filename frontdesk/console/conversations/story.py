"""Writes a conversation as a test story that `rasa test` can run."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from typing import Any

from ruamel.yaml import YAML

from frontdesk.console.conversations.page import QUIET, Writer
from frontdesk.console.conversations.store import Event
from frontdesk.console.conversations.understood import said

NOT_TOLD = frozenset({"action_deactivate_loop"})


def as_story(events: Iterable[Event], writer: Writer, name: str) -> str:
    """The YAML of one story, in the words as they may be seen."""
    steps: list[dict[str, Any]] = []
    for event in events:
        steps += _steps(event, writer)
    out = io.StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 4096  # type: ignore[assignment]
    yaml.dump({"version": "3.1", "stories": [{"story": name, "steps": steps}]}, out)
    return out.getvalue()


def _steps(event: Event, writer: Writer) -> list[dict[str, Any]]:
    if event.kind == "user":
        heard = said(event)
        if not heard.intent:
            return []
        return [{"user": _safe(writer.text(heard.text, heard.private)), "intent": heard.intent}]
    if event.kind == "action":
        action = str(event.data.get("name") or "")
        return [] if action in QUIET | NOT_TOLD or not action else [{"action": action}]
    if event.kind == "active_loop":
        return [{"active_loop": event.data.get("name")}]
    if event.kind == "slot":
        return [{"slot_was_set": [{event.data.get("name"): _value(event, writer)}]}]
    return []


def _value(event: Event, writer: Writer) -> Any:
    """A slot's value, whatever text is in it masked."""
    value = event.data.get("value")
    if value is None or isinstance(value, bool | int | float):
        return value
    return json.loads(writer.text(json.dumps(value, ensure_ascii=False)))


def _safe(text: str) -> str:
    """Text that Rasa reads as words: nothing in it marks an entity."""
    return text.replace("[", "(").replace("]", ")").replace("\n", " ")
