"""Makes sure, once, that somebody wants their data deleted and says what that covers."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.confirm_erasure import ConfirmErasure
from actions.conversation import last, said
from actions.handing_over import leave_form
from actions.knowledge import clinic
from frontdesk.clinical.contacts import as_said, region_of


class RequestErasure(Action):
    """Deletes nothing itself: staff do."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_request_erasure"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Ask, or pass the wish on when the button says it is meant (see Rasa)."""
        if said(tracker, "sure"):
            return await ConfirmErasure().run(dispatcher, tracker, domain)
        phone, email = (last(tracker.get_slot(slot)) for slot in ("contact_phone", "contact_email"))
        reach = [as_said(phone, region_of(clinic().phone_link))] if phone else []
        reach += [email] if email else []
        reply = "utter_erasure_sure_bookings" if reach else "utter_erasure_sure"
        dispatcher.utter_message(response=reply, reach=", ".join(reach))
        return leave_form()
