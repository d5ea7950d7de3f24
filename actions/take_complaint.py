"""Passes a complaint on to staff, and lets whoever made it choose how to be answered."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.handing_over import leave_form, tell_staff, wants_call
from actions.request_callback import call_back
from frontdesk.domain.handoff import Reason


class TakeComplaint(Action):
    """Says sorry first, and promises no more than was done."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_take_complaint"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Tell staff (see Rasa)."""
        is_told = await tell_staff(tracker, Reason.COMPLAINT)
        if is_told and wants_call(tracker, "asked"):
            dispatcher.utter_message(response="utter_complaint_call")
            return await call_back(dispatcher, tracker)
        reply = "utter_complaint" if is_told else "utter_complaint_untold"
        dispatcher.utter_message(response=reply)
        return leave_form()
