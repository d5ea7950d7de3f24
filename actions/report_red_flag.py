"""Answers a red flag: its one action first and alone, and staff are told."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.handing_over import leave_form, tell_staff
from actions.health import heard, words_of, worst_flag
from actions.knowledge import conditions
from frontdesk.domain.handoff import Reason


class ReportRedFlag(Action):
    """Interrupts whatever is going on."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_report_red_flag"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say what to do now (see Rasa)."""
        turn = heard(tracker)
        flag = worst_flag([*turn.said, *turn.answers]) or worst_flag(turn.now)
        if not flag:
            dispatcher.utter_message(response="utter_speak_to_us_first")
            return []
        urgency = conditions()[flag].urgency.value
        dispatcher.utter_message(response=f"utter_red_flag_{urgency}", **words_of(flag))
        await tell_staff(tracker, Reason.RED_FLAG, flag)
        return leave_form()
