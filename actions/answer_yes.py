"""Takes a yes as the answer to whatever was asked last."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import details, replies_before


class AnswerYes(Action):
    """Does what the last question names for a yes (``on_yes``: a reply or an action)."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_answer_yes"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer (see Rasa)."""
        return follow(dispatcher, tracker, meaning(tracker, "on_yes"), "utter_affirm")


def meaning(tracker: Tracker, of: str) -> str:
    """The reply that a yes or no to the last thing said leads to, if it names one."""
    replies = replies_before(tracker)
    return str(details(replies[0]).get(of, "")) if replies else ""


def follow(
    dispatcher: CollectingDispatcher, tracker: Tracker, what: str, otherwise: str
) -> list[dict[str, Any]]:
    """Give the reply or run the action meant; a form that stands open just asks again."""
    if what.startswith("action_"):
        return [FollowupAction(what)]
    if what or not tracker.active_loop.get("name"):
        dispatcher.utter_message(response=what or otherwise)
    return []
