"""Asks again when a message was not understood, and offers a person the second time."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import misunderstandings
from actions.handing_over import tell_staff
from actions.knowledge import topics
from frontdesk.domain.handoff import Reason

TOLD = 2  # misunderstandings in a row after which a person is needed, and staff are told
OFFERED = 2  # guesses shown
LIKELY = 0.1  # a guess less likely than this is not worth showing


class HandleMisunderstanding(Action):
    """Shows the likeliest meanings, or asks to say it another way, or offers a person."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_handle_misunderstanding"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Ask again (see Rasa)."""
        times = misunderstandings(tracker)
        if times == TOLD:
            await tell_staff(tracker, Reason.MISUNDERSTOOD)
        if times >= TOLD:
            dispatcher.utter_message(response="utter_offer_person")
            return []
        guesses = likely_topics(tracker.latest_message.get("intent_ranking") or [])
        if guesses:
            dispatcher.utter_message(
                response="utter_did_you_mean",
                buttons=[{"title": topics()[name].title, "payload": f"/{name}"} for name in guesses]
                + [{"title": topics()["talk_to_human"].title, "payload": "/talk_to_human"}],
            )
        else:
            dispatcher.utter_message(response="utter_not_understood")
        return []


def likely_topics(ranking: list[dict[str, Any]]) -> list[str]:
    """The likeliest intents that have a name for people."""
    named = [g for g in ranking if g.get("name") in topics() and g["name"] != "talk_to_human"]
    return [g["name"] for g in named if g.get("confidence", 0) >= LIKELY][:OFFERED]
