"""Answers "when are you free?" with real times to tap."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import buttons, minutes_of, moment, nearest, now
from actions.conversation import said
from actions.health import treatment_asked
from frontdesk.domain.treatment import COVERED


class FindTimes(Action):
    """Shows the next free times; a tap goes on to booking, and so to the gate."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_find_times"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer (see Rasa)."""
        treatment = treatment_asked(tracker) or COVERED[0]
        asked = said(tracker, "time")
        begins, until = moment(asked[0]) if asked else (now(), None)
        after = max(begins, now())
        slots = await asyncio.to_thread(nearest, treatment, minutes_of(tracker), after, until)
        if not slots and until:
            slots = await asyncio.to_thread(nearest, treatment, minutes_of(tracker), after)
        reply = "utter_free_times" if slots else "utter_free_times_unknown"
        dispatcher.utter_message(response=reply, buttons=buttons(slots, "book_appointment"))
        return []
