"""Takes a detail given out of the blue: for picking a massage, a call, or else for booking."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import said
from actions.describe_treatment import DescribeTreatment
from actions.recommend_treatment import RecommendTreatment
from actions.request_callback import ASKED, call_back
from frontdesk.domain.recommendation import QUESTIONS


class TakeDetail(Action):
    """Uses an area, cause or pressure for the recommendation; most else is for booking."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_take_detail"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Take it (see Rasa)."""
        if tracker.active_loop.get("name"):
            # it did not answer the question that stands open, which is asked again after this
            dispatcher.utter_message(response="utter_not_caught")
            return []
        if any(said(tracker, question) for question in QUESTIONS):
            if all(tracker.get_slot(question) for question in QUESTIONS):
                return RecommendTreatment().run(dispatcher, tracker, domain)
            return [FollowupAction("pick_form")]
        if said(tracker, "treatment"):
            return DescribeTreatment().run(dispatcher, tracker, domain)
        if said(tracker, "no_preference"):
            dispatcher.utter_message(response="utter_affirm")
            return []
        if tracker.get_slot(ASKED) and _corrects_contact(tracker):
            return await call_back(dispatcher, tracker)
        return [FollowupAction("action_book_appointment")]


def _corrects_contact(tracker: Tracker) -> bool:
    """Whether a name or number was given and no time, after a call was asked for."""
    given = any(said(tracker, one) for one in ("person_name", "phone_number", "wrong_phone"))
    return given and not said(tracker, "time")
