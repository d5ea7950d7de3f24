"""Takes the answers to the questions about health, one screen at a time."""

from __future__ import annotations

from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.book_appointment import ANSWERS, CONSENT
from actions.conversation import as_list, said
from actions.health import called, firing, heard
from actions.knowledge import conditions

NONE, YES, NO, UNCLEAR = "none", "yes", "no", "unclear"


class ValidateScreeningForm(FormValidationAction):
    """A tapped choice keeps its screen open for more; a typed answer goes on to the next."""

    def name(self) -> str:
        """The name of the form it belongs to (see Rasa)."""
        return "validate_screening_form"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        """Nothing more is asked of somebody who would rather not say (see Rasa)."""
        return [CONSENT] if tracker.get_slot(CONSENT) == NO else list(domain_slots)

    def validate_screen_consent(
        self,
        value: Any,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> dict[str, Any]:
        """Say what is known already (see Rasa)."""
        known = firing(heard(tracker).now)
        if value == YES and known:
            dispatcher.utter_message(response="utter_screen_known", called=called(known))
        return {CONSENT: value}

    def __getattr__(self, name: str) -> Any:
        """Every screen is validated in the same way (see Rasa)."""
        slot = name.removeprefix("validate_")
        if name.startswith("validate_") and slot in ANSWERS:
            return lambda value, dispatcher, tracker, domain: _screen(
                slot, value, dispatcher, tracker
            )
        raise AttributeError(name)


def _screen(
    slot: str, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker
) -> dict[str, Any]:
    if value is None:  # Rasa shows what is empty, too, when the questions begin
        return {slot: None}
    named = [one for one in said(tracker, "condition") if one in conditions()]
    if named and _is_tapped(tracker):
        dispatcher.utter_message(response="utter_screen_noted", called=called(named))
        return {slot: None}
    if value == YES and not named:
        dispatcher.utter_message(response="utter_screen_which")
        return {slot: None}
    if value == UNCLEAR and not named:
        dispatcher.utter_message(response="utter_screen_unclear")
        return {slot: UNCLEAR, "screening_unclear": True}
    return {slot: as_list(value) or NONE}


def _is_tapped(tracker: Tracker) -> bool:
    """Whether the message is a button: what the reading finds carries its reader."""
    entities = tracker.latest_message.get("entities") or []
    return all("reader" not in one for one in entities if one.get("entity") == "condition")
