"""Gives the rule and the number when a red flag is asked about or is somebody else's."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.health import heard, words_of
from actions.knowledge import conditions


class ExplainRedFlag(Action):
    """Raises no alarm, and asks whether it is happening."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_explain_red_flag"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Explain (see Rasa)."""
        flags = [one.id for one in heard(tracker).said if conditions()[one.id].is_red_flag]
        if not flags:
            dispatcher.utter_message(response="utter_when_to_see_doctor")
            return []
        urgency = conditions()[flags[0]].urgency.value
        dispatcher.utter_message(response=f"utter_red_flag_rule_{urgency}", **words_of(flags[0]))
        return [SlotSet("asked", flags[:1])]
