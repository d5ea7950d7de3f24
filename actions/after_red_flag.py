"""Keeps health first for the rest of a conversation in which a red flag was told."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.health import heard, words_of, worst_flag
from actions.knowledge import conditions
from frontdesk.domain.condition import Urgency


class AfterRedFlag(Action):
    """Recommends and books nothing until somebody was seen."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_after_red_flag"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say so, kindly (see Rasa)."""
        flag = worst_flag(heard(tracker).now)
        if not flag:
            dispatcher.utter_message(response="utter_speak_to_us_first")
            return []
        is_crisis = conditions()[flag].urgency is Urgency.CRISIS
        reply = "utter_after_crisis" if is_crisis else "utter_after_red_flag"
        dispatcher.utter_message(response=reply, **words_of(flag))
        return [ActiveLoop(None), SlotSet("requested_slot", None)]
