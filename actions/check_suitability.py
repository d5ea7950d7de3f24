"""Answers a health statement from the articles' own limits."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import as_list

# The conditions the articles speak of, gravest first.
COVERED = (
    "recent_trauma_accident",
    "pregnancy",
    "herniated_disc",
    "sunburn",
    "open_wounds_burns",
)


class CheckSuitability(Action):
    """Says what the articles say of a condition; of any other, to ask a person first."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_check_suitability"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer (see Rasa)."""
        stated, denied = _conditions(tracker)
        for condition in COVERED:
            if condition in stated:
                dispatcher.utter_message(response=f"utter_suitability_{condition}")
        if not stated:
            is_denied = bool(denied)
            reply = "utter_suitability_denied" if is_denied else "utter_suitability_ask_person"
            dispatcher.utter_message(response=reply)
        return []


def _conditions(tracker: Tracker) -> tuple[set[str], set[str]]:
    stated: set[str] = set()
    denied: set[str] = set()
    for entity in tracker.latest_message.get("entities", []):
        if entity.get("entity") == "condition":
            values = as_list(entity.get("value"))
            (denied if entity.get("assertion") == "absent" else stated).update(values)
    return stated, denied
