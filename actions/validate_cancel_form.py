"""Takes what is needed to call a visit off."""

from __future__ import annotations

from actions.visit_form import VisitForm


class ValidateCancelForm(VisitForm):
    """Nothing of its own."""

    def name(self) -> str:
        """The name of the form it belongs to (see Rasa)."""
        return "validate_cancel_form"
