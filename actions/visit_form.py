"""What the forms for moving and for calling off a visit ask in the same way."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import last
from actions.visits import is_own, reference


class VisitForm(FormValidationAction, ABC):
    """A visit of this conversation needs no proof; any other its reference and four digits."""

    @abstractmethod
    def name(self) -> str:
        """The name of the form (see Rasa); abstract, so that Rasa registers only the two."""

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        """Ask only for what is not known (see Rasa)."""
        if not is_own(tracker, reference(tracker)):
            return list(domain_slots)
        known = ("visit_reference", "visit_digits")
        return [one for one in domain_slots if one not in known]

    async def validate_visit_reference(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """The last one named (see Rasa)."""
        return {"visit_reference": last(value) or None}

    async def validate_visit_digits(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """The last four digits named (see Rasa)."""
        return {"visit_digits": last(value) or None}

    async def validate_visit_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """A yes or a no (see Rasa)."""
        return {"visit_confirmed": value}
