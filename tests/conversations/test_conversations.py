"""Has each conversation written down beside this file with the running product."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.visitor import Visitor, claims, texts

HERE = Path(__file__).parent
STEP_KEYS = {"say", "press", "tap", "screen", "says", "never", "claims", "offers"}
SCREENS = 6


def _written() -> list[Any]:
    return [
        pytest.param(conversation["steps"], id=f"{path.stem}: {conversation['name']}")
        for path in sorted(HERE.glob("test_*.yml"))
        for conversation in YAML(typ="safe").load(path)["conversations"]
    ]


def _taken(step: dict[str, Any], visitor: Visitor) -> list[dict[str, Any]]:
    """Say or press something; ``tap`` is a button's place, ``screen`` denies all six screens."""
    if "say" in step:
        return visitor.say(step["say"])
    if "tap" in step:
        return visitor.press(visitor.titles()[step["tap"]])
    if "screen" in step:
        visitor.press("Yes, go on")
        for _ in range(SCREENS - 1):
            visitor.press("None, or that's all")
        return visitor.press("None, or that's all")
    return visitor.press(step["press"])


@pytest.mark.parametrize("steps", _written())
def test_conversation(steps: list[dict[str, Any]], visitor: Visitor) -> None:
    for step in steps:
        assert set(step) <= STEP_KEYS, f"unknown key in {step}"
        told = _taken(step, visitor)
        answer = texts(told)
        heard = [message["text"] for message in told]
        assert len(heard) == len(set(heard)), f"{step}: the same words twice"
        for part in step.get("says", ()):
            assert part.lower() in answer.lower(), f"{step}: heard {answer!r}"
        for part in step.get("never", ()):
            assert part.lower() not in answer.lower(), f"{step}: heard {answer!r}"
        missing = set(step.get("claims", ())) - claims(told)
        assert not missing, f"{step}: no source for {missing}, only {claims(told)}"
        for title in step.get("offers", ()):
            assert title in visitor.titles(), f"{step}: offered {visitor.titles()}"
