"""Takes a yes as the answer to whatever was asked last."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import details, replies_before


class AnswerYes(Action):
    """Gives the reply the last question names for a yes (``on_yes`` in its metadata)."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_answer_yes"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer (see Rasa)."""
        dispatcher.utter_message(response=meaning(tracker, "on_yes") or "utter_affirm")
        return []


def meaning(tracker: Tracker, of: str) -> str:
    """The reply that a yes or no to the last thing said leads to, if it names one."""
    replies = replies_before(tracker)
    return str(details(replies[0]).get(of, "")) if replies else ""
