"""Says what a massage type is like and what it is good for."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import as_list, said
from actions.knowledge import treatments
from actions.list_treatments import say_list, say_not_covered


class DescribeTreatment(Action):
    """Describes the type asked about, or the one under discussion."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_describe_treatment"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Describe (see Rasa)."""
        names = said(tracker, "treatment") or as_list(tracker.get_slot("treatment"))[:1]
        known = [name for name in names if name in treatments()]
        if not known:
            say_list(dispatcher)
        for name in known[:2]:
            treatment = treatments()[name]
            if not treatment.covered:
                say_not_covered(dispatcher, name)
                continue
            dispatcher.utter_message(
                response="utter_describe_treatment",
                treatment_id=name,
                title=treatment.title,
                short_title=treatment.short_title,
                in_short=treatment.in_short,
                good_for=treatment.good_for,
                mind=treatment.mind,
                metadata={"claims": list(treatment.claims)},
            )
        return []
