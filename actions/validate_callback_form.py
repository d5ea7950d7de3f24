"""Takes the name and the number for a call."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.contact_form import ContactForm, unreadable
from actions.conversation import said


class ValidateCallbackForm(ContactForm):
    """Needs a number: an e-mail address cannot be called."""

    def name(self) -> str:
        """The name of the form it belongs to (see Rasa)."""
        return "validate_callback_form"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say first what cannot be called (see Rasa)."""
        wrong = unreadable(tracker)
        if said(tracker, "email") and not said(tracker, "phone_number"):
            wrong.append("utter_callback_no_number")
        for reply in wrong:
            dispatcher.utter_message(response=reply)
        events: list[dict[str, Any]] = await super().run(dispatcher, tracker, domain)
        is_set = any(one.get("name") == "contact_phone" for one in events)
        # a slot that is set tells Rasa that the message was understood
        understood = SlotSet("contact_phone", tracker.get_slot("contact_phone"))
        return [*events, understood] if wrong and not is_set else events
