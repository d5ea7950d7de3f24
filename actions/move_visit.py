"""Moves a visit to the time that was agreed."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import bookings, moment, told
from actions.conversation import last
from actions.visits import GIVEN_UP, VISIT, proof, reference, refuse
from frontdesk.domain.booking import BookingError, NotOpen, SlotTaken

FORM = "move_form"


class MoveVisit(Action):
    """The old time is free again only when the new one is theirs."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_move_visit"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Move it (see Rasa)."""
        forgotten = [SlotSet(name, None) for name in (*VISIT, "booking_wish")]
        if tracker.get_slot("visit_confirmed") == GIVEN_UP:
            return forgotten  # why was said already
        if tracker.get_slot("visit_confirmed") != "yes":
            dispatcher.utter_message(response="utter_visit_unchanged")
            return forgotten
        to = moment(last(tracker.get_slot("visit_time")))[0]
        named = reference(tracker)
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{tracker.sender_id}|{named}|{to}|{_turn(tracker)}")
        try:
            visit = await asyncio.to_thread(bookings().move, named, proof(tracker), to, key.hex)
        except (SlotTaken, NotOpen):
            dispatcher.utter_message(response="utter_booking_gone")
            again = [SlotSet("visit_time", None), SlotSet("visit_confirmed", None)]
            return [*again, FollowupAction(FORM)]
        except BookingError as error:
            refuse(dispatcher, error)
            return forgotten
        dispatcher.utter_message(response="utter_visit_moved", **told(visit))
        if visit.is_late:
            dispatcher.utter_message(response="utter_visit_late")
        return [*forgotten, SlotSet("booking_reference", visit.reference)]


def _turn(tracker: Tracker) -> str:
    """The message that agreed to it: the same one again is the same wish."""
    return str(tracker.latest_message.get("message_id") or len(tracker.events))
