"""Stops what is going on and forgets the answers given for it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.finish_booking import ONCE
from actions.visits import VISIT
from frontdesk.domain.recommendation import QUESTIONS


class Stop(Action):
    """Starts over."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_stop"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Stop (see Rasa)."""
        dispatcher.utter_message(response="utter_stopped")
        forgotten = [*QUESTIONS, *ONCE, *VISIT, "treatment", "requested_slot"]
        return [ActiveLoop(None), *(SlotSet(name, None) for name in forgotten)]
