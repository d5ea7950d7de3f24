"""Asks staff to join the chat for somebody who wants a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.handing_over import answer_waiting, leave_form, tell_staff, wants_call
from actions.request_callback import call_back
from frontdesk.domain.handoff import Reason


class RequestPerson(Action):
    """Goes on to a call when the message asks for one."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_request_person"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Tell staff and say what happens now (see Rasa)."""
        if wants_call(tracker, "asked", "by_phone"):
            return await call_back(dispatcher, tracker)
        is_told = await tell_staff(tracker, Reason.PERSON)
        answer_waiting(dispatcher, is_told=is_told)
        return leave_form()
