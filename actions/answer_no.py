"""Takes a no as the answer to whatever was asked last."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_yes import follow, meaning


class AnswerNo(Action):
    """Does what the last question names for a no (``on_no``: a reply or an action)."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_answer_no"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer (see Rasa)."""
        return follow(dispatcher, tracker, meaning(tracker, "on_no"), "utter_deny")
