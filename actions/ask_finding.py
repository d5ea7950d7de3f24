"""Asks one kind question where it is not sure what a message means."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.health import heard, words_of
from actions.knowledge import conditions
from frontdesk.domain.condition import Urgency
from frontdesk.domain.finding import Assertion

URGENCIES = tuple(Urgency)


class AskFinding(Action):
    """Neither silence nor alarm."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_ask_finding"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Ask about the most urgent of what is in doubt (see Rasa)."""
        known = conditions()
        asked = [
            one
            for one in heard(tracker).said
            if one.is_doubtful
            or (known[one.id].is_red_flag and one.assertion is Assertion.HISTORICAL)
        ]
        if not asked:
            dispatcher.utter_message(response="utter_speak_to_us_first")
            return []
        first = max(asked, key=lambda one: (URGENCIES.index(known[one.id].urgency), one.sureness))
        reply = "utter_ask_finding" if first.is_doubtful else "utter_ask_finding_now"
        dispatcher.utter_message(response=reply, **words_of(first.id))
        # a form's question waits: the next answer is to this one
        return [SlotSet("asked", [first.id]), SlotSet("requested_slot", None)]
