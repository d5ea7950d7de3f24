"""Asks where a visit shall be moved to, with free times to tap."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import buttons, moment, nearest, now, told
from actions.visits import found, given_up, refuse
from frontdesk.domain.booking import BookingError


class AskVisitTime(Action):
    """Says when the visit is now; what cannot be found ends the form."""

    def name(self) -> str:
        """The name the form calls it by (see Rasa)."""
        return "action_ask_visit_time"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Ask (see Rasa)."""
        try:
            visit = await found(tracker)
        except BookingError as error:
            refuse(dispatcher, error)
            return given_up()
        wish = tracker.get_slot("booking_wish")
        begins, until = moment(wish) if wish else (now(), None)
        after = max(begins, now())
        slots = await asyncio.to_thread(nearest, visit.treatment, visit.minutes, after, until)
        dispatcher.utter_message(response="utter_visit_when", buttons=buttons(slots), **told(visit))
        return []
