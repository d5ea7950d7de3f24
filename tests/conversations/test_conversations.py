"""Has each conversation written down beside this file with the running product."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.stack import Stack
from tests.staff import Staff
from tests.visitor import Visitor, claims, texts

HERE = Path(__file__).parent
STEP_KEYS = {"say", "press", "tap", "screen", "staff", "says", "never", "claims", "offers", "tells"}
SCREENS = 6


def _written() -> list[Any]:
    return [
        pytest.param(conversation["steps"], id=f"{path.stem}: {conversation['name']}")
        for path in sorted(HERE.glob("test_*.yml"))
        for conversation in YAML(typ="safe").load(path)["conversations"]
    ]


def _taken(step: dict[str, Any], visitor: Visitor, staff: Staff) -> list[dict[str, Any]]:
    """Say or press something; ``tap`` is a button's place, ``screen`` denies all six screens.

    ``staff: take over`` and ``staff: hand back`` are what the console does; else they write.
    """
    if "staff" in step:
        deeds = {"take over": staff.take_over, "hand back": staff.hand_back}
        deeds.get(step["staff"], lambda: staff.write(step["staff"]))()
        return []
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
def test_conversation(steps: list[dict[str, Any]], visitor: Visitor, stack: Stack) -> None:
    staff = Staff(stack, visitor)
    for step in steps:
        assert set(step) <= STEP_KEYS, f"unknown key in {step}"
        known = staff.told() if "tells" in step else []
        told = _taken(step, visitor, staff)
        if "tells" in step:
            assert staff.told()[len(known) :] == step["tells"], f"{step}: told {staff.told()}"
        answer = texts(told)
        heard = [message["text"] for message in told]
        assert len(heard) == len(set(heard)), f"{step}: the same words twice"
        assert answer == "" or step.get("says") != [], f"{step}: heard {answer!r}"
        for part in step.get("says", ()):
            assert part.lower() in answer.lower(), f"{step}: heard {answer!r}"
        for part in step.get("never", ()):
            assert part.lower() not in answer.lower(), f"{step}: heard {answer!r}"
        missing = set(step.get("claims", ())) - claims(told)
        assert not missing, f"{step}: no source for {missing}, only {claims(told)}"
        for title in step.get("offers", ()):
            assert title in visitor.titles(), f"{step}: offered {visitor.titles()}"
