"""Takes a detail given out of the blue: goes on picking a massage, or says how to book."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import said
from frontdesk.domain.recommendation import QUESTIONS


class TakeDetail(Action):
    """Uses an area, cause or pressure for the recommendation; anything else is for booking."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_take_detail"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Take it (see Rasa)."""
        if any(said(tracker, question) for question in QUESTIONS):
            is_complete = all(tracker.get_slot(question) for question in QUESTIONS)
            return [FollowupAction("action_recommend_treatment" if is_complete else "pick_form")]
        if said(tracker, "treatment"):
            return [FollowupAction("action_describe_treatment")]
        if said(tracker, "no_preference"):
            dispatcher.utter_message(response="utter_affirm")
            return []
        dispatcher.utter_message(response="utter_book_by_phone")
        return []
