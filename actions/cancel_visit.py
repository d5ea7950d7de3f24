"""Calls a visit off once that was agreed."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import bookings, told
from actions.visits import GIVEN_UP, VISIT, proof, reference, refuse
from frontdesk.domain.booking import BookingError


class CancelVisit(Action):
    """One that is called off already stays so."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_cancel_visit"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Cancel it (see Rasa)."""
        forgotten = [SlotSet(name, None) for name in VISIT]
        if tracker.get_slot("visit_confirmed") == GIVEN_UP:
            return forgotten  # why was said already
        if tracker.get_slot("visit_confirmed") != "yes":
            dispatcher.utter_message(response="utter_visit_unchanged")
            return forgotten
        named = reference(tracker)
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{tracker.sender_id}|{named}|cancel")
        try:
            visit = await asyncio.to_thread(bookings().cancel, named, proof(tracker), key.hex)
        except BookingError as error:
            refuse(dispatcher, error)
            return forgotten
        dispatcher.utter_message(response="utter_visit_cancelled", **told(visit))
        if visit.is_late:
            dispatcher.utter_message(response="utter_visit_late")
        return [*forgotten, SlotSet("booking_reference", None)]
