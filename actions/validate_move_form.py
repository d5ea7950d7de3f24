"""Takes what is needed to move a visit: which, and where to."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import is_free, moment, now, spoken
from actions.conversation import as_list, said
from actions.visit_form import VisitForm
from actions.visits import found, reference
from frontdesk.domain.booking import BookingError


class ValidateMoveForm(VisitForm):
    """Checks the new time against the calendar before it is agreed."""

    def name(self) -> str:
        """The name of the form it belongs to (see Rasa)."""
        return "validate_move_form"

    async def validate_visit_time(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """Settle on one free time, or show what is near it (see Rasa)."""
        if not value:
            return {"visit_time": None}
        begins, until = moment(as_list(value)[0])
        if until:
            return {"visit_time": None, "booking_wish": as_list(value)[0]}
        if begins <= now():
            dispatcher.utter_message(response="utter_booking_time_past")
            return {"visit_time": None}
        settled = begins.isoformat(timespec="minutes")
        if not reference(tracker):
            return {"visit_time": settled}
        try:
            visit = await found(tracker)
            free = await asyncio.to_thread(is_free, visit.treatment, visit.minutes, begins)
        except BookingError:
            return {"visit_time": settled}  # said when it is moved
        if free or visit.starts_at == begins:
            return {"visit_time": settled}
        dispatcher.utter_message(response="utter_booking_time_taken", when=spoken(begins))
        return {"visit_time": None, "booking_wish": settled}

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say first what could not be read (see Rasa)."""
        if said(tracker, "time_problem") and not said(tracker, "time"):
            problem = said(tracker, "time_problem")[0]
            dispatcher.utter_message(response=f"utter_booking_time_{problem}")
            events: list[dict[str, Any]] = await super().run(dispatcher, tracker, domain)
            return [*events, SlotSet("visit_time", None)]
        checked: list[dict[str, Any]] = await super().run(dispatcher, tracker, domain)
        return checked
