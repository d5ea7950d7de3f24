"""Puts two massage types side by side."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import as_list, said
from actions.knowledge import treatments
from actions.list_treatments import say_not_covered


class CompareTreatments(Action):
    """Compares the two types named, or the one named with the one under discussion."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_compare_treatments"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Compare (see Rasa)."""
        asked = said(tracker, "treatment")
        names = [n for n in asked if n in treatments()]
        uncovered = [n for n in names if not treatments()[n].covered]
        if uncovered:
            say_not_covered(dispatcher, uncovered[0])
            return []
        if len(names) == 1:
            names = [*as_list(tracker.get_slot("treatment"))[:1], *names, *_others(tracker)]
            names = [
                n for n in dict.fromkeys(names) if n in treatments() and treatments()[n].covered
            ]
        if len(names) < 2:
            dispatcher.utter_message(response="utter_compare_which")
            return []
        dispatcher.utter_message(**_reply(*names[:2]))
        return []


def _others(tracker: Tracker) -> list[str]:
    """Types named earlier, newest first."""
    return [
        value
        for event in reversed(tracker.events)
        if event.get("event") == "slot" and event.get("name") == "treatment"
        for value in as_list(event.get("value"))
    ]


def _reply(name: str, other: str) -> dict[str, Any]:
    one, two = treatments()[name], treatments()[other]
    return {
        "response": "utter_compare_treatments",
        "treatment_id": name,
        "title": one.title,
        "short_title": one.short_title,
        "in_short": one.in_short,
        "good_for": one.good_for,
        "other_treatment_id": other,
        "other_title": two.title,
        "other_short_title": two.short_title,
        "other_in_short": two.in_short,
        "other_good_for": two.good_for,
        "metadata": {"claims": [*one.claims, *two.claims, "B07"]},
    }
