"""Reads back what will be moved or called off."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import moment, spoken, told
from actions.conversation import last
from actions.visits import found, given_up, refuse
from frontdesk.domain.booking import BookingError


class AskVisitConfirmed(Action):
    """Nothing is changed without a yes."""

    def name(self) -> str:
        """The name the forms call it by (see Rasa)."""
        return "action_ask_visit_confirmed"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Ask (see Rasa)."""
        try:
            visit = await found(tracker)
        except BookingError as error:
            refuse(dispatcher, error)
            return given_up()
        is_move = (tracker.active_loop or {}).get("name") == "move_form"
        words = told(visit)
        if is_move:
            words["when"] = spoken(moment(last(tracker.get_slot("visit_time")))[0])
        reply = "utter_visit_confirm_move" if is_move else "utter_visit_confirm_cancel"
        dispatcher.utter_message(response=reply, **words)
        return []
