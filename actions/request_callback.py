"""Asks staff to call somebody, once it is known whom and at which number."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import last, said
from actions.handing_over import answer_calling, leave_form, tell_staff
from actions.knowledge import clinic
from frontdesk.clinical.contacts import as_said, region_of
from frontdesk.domain.handoff import Reason

FORM = "callback_form"
ASKED = "callback_asked"
TIMED = "callback_timed"


class RequestCallback(Action):
    """Runs when a call is wished and again when the form has what it needs."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_request_callback"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Tell staff, or ask for what is missing (see Rasa)."""
        return await call_back(dispatcher, tracker)


async def call_back(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
    """Have staff call at the number known, or ask for name and number first."""
    name, phone = (last(tracker.get_slot(slot)) for slot in ("contact_name", "contact_phone"))
    is_unusable = said(tracker, "wrong_phone") and not said(tracker, "phone_number")
    if said(tracker, "change") or is_unusable:
        phone = ""
    is_timed = bool(said(tracker, "time") or tracker.get_slot(TIMED))
    if not (name and phone):
        known = {"contact_phone": phone or None, TIMED: is_timed}
        slots = [SlotSet(slot, value) for slot, value in known.items()]
        return [*leave_form(), *slots, FollowupAction(FORM)]
    is_told = await tell_staff(tracker, Reason.CALL_BACK)
    reach = as_said(phone, region_of(clinic().phone_link))
    if is_told and is_timed:
        dispatcher.utter_message(response="utter_calling_wished", name=name, reach=reach)
    else:
        answer_calling(dispatcher, name, reach, is_told=is_told)
    return [*leave_form(), SlotSet(ASKED, is_told), SlotSet(TIMED, None)]
