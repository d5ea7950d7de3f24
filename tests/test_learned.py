"""What staff corrected is understood: every case of learned.yml, against the running assistant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.stack import Stack
from tests.visitor import call

FILE = Path(__file__).parent / "learned.yml"
KEYS = {"text", "intent", "findings", "never"}
HEALTH = ("condition", "red_flag")


def cases(path: Path) -> list[dict[str, Any]]:
    content = YAML(typ="safe").load(path.read_text(encoding="utf-8")) if path.exists() else None
    found = (content or {}).get("learned") or []
    assert all(set(one) <= KEYS and one["text"] for one in found)
    return found


def reader_of(stack: Stack) -> str:
    """Where the assistant tells what it understands."""
    return f"{stack.api}/model/parse?token={stack.token}"


def misunderstood(address: str, case: dict[str, Any]) -> list[str]:
    """What is not understood as it should be, in words."""
    told = call(address, {"text": case["text"]})
    assert told.status == 200, told.body
    found = [
        {"id": one["value"], "assertion": one["assertion"], "subject": one["subject"]}
        for one in told.body["entities"]
        if one["entity"] in HEALTH
    ]
    wrong = [f"missed {one}" for one in case.get("findings", ()) if one not in found]
    wrong += [f"found {one}" for one in found if one["id"] in case.get("never", ())]
    intent = told.body["intent"]["name"]
    if intent != case.get("intent", intent):
        wrong.append(f"taken for {intent}")
    return wrong


def test_what_was_corrected_is_understood(request: pytest.FixtureRequest) -> None:
    learned = cases(FILE)
    if not learned:
        return
    stack: Stack = request.getfixturevalue("stack")
    address = reader_of(stack)
    wrong = {one["text"]: misunderstood(address, one) for one in learned}
    assert not {text: what for text, what in wrong.items() if what}
