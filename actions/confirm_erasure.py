"""Passes the wish to have one's data deleted on to staff."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.handing_over import leave_form, tell_staff
from frontdesk.domain.handoff import Reason


class ConfirmErasure(Action):
    """Says when it will be done, or whom to ask when staff could not be told."""

    def name(self) -> str:
        """The name the question's ``on_yes`` calls it by (see Rasa)."""
        return "action_confirm_erasure"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Tell staff (see Rasa)."""
        is_told = await tell_staff(tracker, Reason.ERASURE)
        reply = "utter_erasure_asked" if is_told else "utter_erasure_untold"
        dispatcher.utter_message(response=reply)
        return leave_form()
