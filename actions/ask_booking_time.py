"""Asks when somebody wants to come, with free times to tap."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import buttons, minutes_of, moment, nearest, now
from actions.health import treatment_asked
from actions.knowledge import treatments


class AskBookingTime(Action):
    """Shows the next free times, or those nearest to what was wished."""

    def name(self) -> str:
        """The name the form calls it by (see Rasa)."""
        return "action_ask_booking_time"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Ask (see Rasa)."""
        treatment = treatment_asked(tracker)
        wish = tracker.get_slot("booking_wish")
        begins, ends = moment(wish) if wish else (now(), None)
        minutes = minutes_of(tracker)
        slots = await asyncio.to_thread(nearest, treatment, minutes, max(begins, now()), ends)
        if wish and not slots:
            slots = await asyncio.to_thread(nearest, treatment, minutes, max(begins, now()))
        reply = "utter_booking_when_nearest" if wish else "utter_booking_when"
        title = treatments()[treatment].title if treatment else "a massage"
        if not slots:
            reply = "utter_booking_when_unknown"
        dispatcher.utter_message(response=reply, title=title, buttons=buttons(slots))
        return []
