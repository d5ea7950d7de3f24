"""Reads the booking back, each line to confirm or to change."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.book_appointment import whom
from actions.bookings import minutes_of, moment, spoken
from actions.conversation import as_list, last
from actions.health import treatment_asked
from actions.knowledge import clinic, treatments
from frontdesk.clinical.contacts import as_said, region_of


class AskBookingConfirmed(Action):
    """One message with everything that will be booked."""

    def name(self) -> str:
        """The name the form calls it by (see Rasa)."""
        return "action_ask_booking_confirmed"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Read it back (see Rasa)."""
        minutes = minutes_of(tracker)
        price = clinic().prices.get(minutes)
        other = whom(tracker)
        region = region_of(clinic().phone_link)
        phones = [as_said(one, region) for one in as_list(tracker.get_slot("contact_phone"))]
        reach = phones or as_list(tracker.get_slot("contact_email"))
        dispatcher.utter_message(
            response="utter_booking_summary_other" if other else "utter_booking_summary",
            title=treatments()[treatment_asked(tracker)].title,
            when=spoken(moment(last(tracker.get_slot("booking_time")))[0]),
            minutes=minutes,
            price=f", {clinic().currency}{price}" if price else "",
            name=last(tracker.get_slot("contact_name")),
            reach=reach[-1],
            other=other,
        )
        return []
