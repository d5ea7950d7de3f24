"""Lists the massage types the articles describe."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import said
from actions.knowledge import treatments


class ListTreatments(Action):
    """Lists our types, or says so when one was asked for that our guides do not cover."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_list_treatments"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """List (see Rasa)."""
        asked = said(tracker, "treatment")
        uncovered = [n for n in asked if n in treatments() and not treatments()[n].covered]
        if uncovered and len(uncovered) == len(asked):
            say_not_covered(dispatcher, uncovered[0])
        else:
            say_list(dispatcher)
        return []


def say_list(dispatcher: CollectingDispatcher) -> None:
    """Name each type the articles describe with what it is good for."""
    lines = [
        f"- **{treatment.title}**: {treatment.good_for}"
        for treatment in treatments().values()
        if treatment.covered
    ]
    dispatcher.utter_message(response="utter_list_treatments", lines="\n".join(lines))


def say_not_covered(dispatcher: CollectingDispatcher, name: str) -> None:
    """Say that our guides do not describe this type; of pregnancy massage, whom to ask."""
    if name == "prenatal":
        dispatcher.utter_message(response="utter_suitability_pregnancy")
        return
    title = treatments()[name].title
    dispatcher.utter_message(response="utter_treatment_not_covered", title=title)
