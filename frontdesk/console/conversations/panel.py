"""What stands beside a conversation: the findings and the verdicts that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from frontdesk.console.conversations.labels import label
from frontdesk.console.conversations.store import Store

STATED = {
    "present": "has it",
    "possible": "may have it",
    "historical": "had it",
    "hypothetical": "asks about it",
    "absent": "does not have it",
}
VERDICTS = {
    "ok": "Fine",
    "adapt": "Fine with a change",
    "clear_first": "Ask a clinician first",
    "avoid": "Not now",
}


@dataclass(frozen=True, slots=True)
class Health:
    """One thing the visitor said of somebody's health."""

    title: str
    stated: str
    whose: str
    is_red_flag: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """What the assistant says of one massage, and because of what."""

    treatment: str
    verdict: str
    told: str
    reasons: str


def health(store: Store, key: str) -> list[Health]:
    """The findings that hold now."""
    return [
        Health(
            label(str(one.get("id"))),
            STATED.get(str(one.get("assertion")), ""),
            "somebody else" if one.get("subject") == "other" else "",
            one.get("kind") == "red_flag",
        )
        for one in store.last_slot(key, "findings") or []
    ]


def verdicts(suitability: Mapping[str, Any]) -> list[Advice]:
    """The verdict on each massage."""
    return [
        Advice(
            label(treatment),
            str(given.get("verdict")),
            VERDICTS.get(str(given.get("verdict")), ""),
            ", ".join(label(str(reason)) for reason in given.get("reasons") or ()),
        )
        for treatment, given in suitability.items()
    ]
