"""What the forms that ask for a name and a number do in the same way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import last, said
from frontdesk.clinical.contacts import as_name

FEW_DIGITS = 3
# What a bare answer to "what's your name?" may be taken for by the intent classifier.
NAME_LIKE = frozenset({"inform", "nlu_fallback", "out_of_scope", "greet", "affirm"})


class ContactForm(FormValidationAction, ABC):
    """Takes a bare answer for a name, and of several names or numbers the last."""

    @abstractmethod
    def name(self) -> str:
        """The name of the form (see Rasa); abstract, so that Rasa registers only the two."""

    async def extract_contact_name(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """A bare answer to the question for a name (see Rasa)."""
        if tracker.get_slot("requested_slot") != "contact_name" or said(tracker, "person_name"):
            return {}
        message = tracker.latest_message
        if (message.get("intent") or {}).get("name") not in NAME_LIKE:
            return {}
        found = as_name(str(message.get("text") or ""))
        return {"contact_name": found} if found else {}

    async def validate_contact_name(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """The last name said (see Rasa)."""
        return {"contact_name": last(value) or None}

    async def validate_contact_phone(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """The last number said (see Rasa)."""
        return {"contact_phone": last(value) or None}


def unreadable(tracker: Tracker) -> list[str]:
    """The replies to a number or an address that cannot be one."""
    wrong = [f"utter_booking_{one}" for one in ("wrong_phone", "wrong_email") if said(tracker, one)]
    return [*wrong, "utter_booking_wrong_phone"] if _is_no_contact(tracker) else wrong


def _is_no_contact(tracker: Tracker) -> bool:
    """Whether a few digits were given for a phone number: "12345"."""
    known = ("phone_number", "email", "wrong_phone", "wrong_email", "time", "minutes")
    if tracker.get_slot("requested_slot") != "contact_phone":
        return False
    digits = sum(sign.isdigit() for sign in str(tracker.latest_message.get("text") or ""))
    return digits >= FEW_DIGITS and not any(said(tracker, one) for one in known)
