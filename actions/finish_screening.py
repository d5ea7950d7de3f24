"""Ends the questions about health and goes on to the booking that asked for them."""

from __future__ import annotations

import time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.book_appointment import ANSWERS, BOOKING, CONSENT, GOES_ON, announce, say, whom
from actions.health import assessment, treatment_asked
from frontdesk.domain.gate import decide


class FinishScreening(Action):
    """Sets ``screening_done``, which nothing else does."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_finish_screening"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Go on, or leave it to a person (see Rasa)."""
        if not all(tracker.get_slot(name) for name in ANSWERS):
            dispatcher.utter_message(response="utter_screen_by_person")
            return [SlotSet(CONSENT, None)]
        dispatcher.utter_message(response="utter_screen_done")
        treatment = treatment_asked(tracker)
        is_unclear = bool(tracker.get_slot("screening_unclear"))
        decision = decide(assessment(tracker), treatment, is_screened=True, is_unclear=is_unclear)
        done = [
            SlotSet("screening_done", True),
            SlotSet("screened_at", time.time()),
            SlotSet("screened_for", whom(tracker)),
        ]
        if decision.passage in GOES_ON:
            announce(dispatcher, decision, treatment)
            return [*done, FollowupAction(BOOKING)]
        say(dispatcher, decision, treatment)
        return done
