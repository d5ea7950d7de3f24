"""`python -m benchmarks.console.recording`: holds the conversations of said.yml and keeps them."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.places import ENDLESS
from benchmarks.words import words
from frontdesk.settings import ROOT
from tests.stack import Stack
from tests.visitor import Visitor

HERE = ROOT / "benchmarks" / "console"
TURNS = HERE / "turns.jsonl"
KEPT = (
    "SELECT type_name, intent_name, action_name, timestamp, data FROM events "
    "WHERE sender_id = (SELECT sender_id FROM events ORDER BY id DESC LIMIT 1) ORDER BY id"
)
PACES = ("FRONTDESK_VISITOR_PACE", "FRONTDESK_ADDRESS_PACE", "FRONTDESK_SESSION_PACE")


def main() -> None:
    """Write the file of recorded turns anew."""
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder), **dict.fromkeys(PACES, ENDLESS))
        try:
            stack.start("assistant", "actions", "console")
            said = words(HERE / "said.yml", "said")
            lines = [line for topic in said for line in held(stack, topic, said[topic])]
        finally:
            stack.close()
    TURNS.write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")
    print(f"{len(lines)} events kept")


def held(stack: Stack, topic: str, said: list[str]) -> Iterator[dict[str, Any]]:
    """The events of one conversation, each with the turn it belongs to and its seconds in it."""
    visitor = Visitor(stack.chat)
    for text in said:
        visitor.say(text)
    turn, began = 0, 0.0
    with sqlite3.connect(stack.folder / "conversations.db") as store:
        rows = store.execute(KEPT).fetchall()
    for kind, intent, action, at, data in rows:
        if kind == "user" or not began:
            turn, began = turn + (kind == "user"), at
        yield {
            "topic": topic,
            "turn": turn,
            "kind": kind,
            "intent": intent,
            "action": action,
            "after": round(at - began, 4),
            "data": json.loads(data),
        }


if __name__ == "__main__":
    main()
