"""Books what was agreed, once, and gives the reference."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.book_appointment import BOOKING, GOES_ON, passage, say, screen_anew, whom
from actions.bookings import bookings, minutes_of, moment, told
from actions.conversation import last
from actions.handing_over import tell_staff
from actions.health import assessment, called, treatment_asked
from actions.knowledge import clinic
from frontdesk.domain.booking import (
    Booking,
    BookingError,
    ForWhom,
    Kind,
    NotOpen,
    SlotTaken,
    Wish,
    new_reference,
)
from frontdesk.domain.condition import Verdict
from frontdesk.domain.errors import FrontdeskError
from frontdesk.domain.gate import Decision, Passage
from frontdesk.domain.handoff import Reason

# Forgotten once it is booked; the contact stays for the next time.
ONCE = ("booking_time", "booking_wish", "booking_minutes", "booking_confirmed", "booking_for")

BRIEFLY = 0.2  # seconds


class FinishBooking(Action):
    """Asks the gate once more: what was said since the questions counts, too."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_finish_booking"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Book (see Rasa)."""
        treatment = treatment_asked(tracker)
        decision = passage(tracker, treatment)
        if decision.passage is Passage.STOP:
            return [FollowupAction("action_after_red_flag")]
        if decision.passage is Passage.SCREEN_FIRST:
            return screen_anew()
        if decision.passage not in GOES_ON or not tracker.get_slot("booking_confirmed"):
            say(dispatcher, decision, treatment)
            return [SlotSet("booking_confirmed", None)]
        wish = _wish(tracker, treatment, decision)
        try:
            booking = await asyncio.to_thread(bookings().book, wish, _key(tracker, wish))
        except (SlotTaken, NotOpen):
            dispatcher.utter_message(response="utter_booking_gone")
            anew = [SlotSet(name, None) for name in ("booking_time", "booking_confirmed")]
            return [*anew, FollowupAction(BOOKING)]
        except (BookingError, FrontdeskError):
            dispatcher.utter_message(response="utter_booking_failed")
            return [SlotSet("booking_confirmed", None)]
        dispatcher.utter_message(
            response=_reply(booking, decision),
            called=called(decision.reasons[:3]) or "what you told me",
            **told(booking),
        )
        if booking.kind is Kind.REQUEST and not booking.link:
            # somebody has to confirm it; booking has used up most of an action's time
            await tell_staff(tracker, Reason.BOOKING, patience=BRIEFLY)
        made = int(tracker.get_slot("bookings_made") or 0) + 1
        kept = [SlotSet("booking_reference", booking.reference), SlotSet("bookings_made", made)]
        return [*kept, *(SlotSet(name, None) for name in ONCE)]


def _reply(booking: Booking, decision: Decision) -> str:
    if booking.link:
        return "utter_booking_link"
    if booking.is_kept_here:
        return "utter_booking_kept"
    if booking.kind is Kind.REQUEST:
        return "utter_booking_requested"
    is_noted = decision.passage is Passage.BOOK_WITH_NOTE
    return "utter_booking_done_with_note" if is_noted else "utter_booking_done"


def _wish(tracker: Tracker, treatment: str, decision: Decision) -> Wish:
    other = whom(tracker)
    is_request = decision.passage is Passage.REQUEST
    verdict = assessment(tracker).verdicts.get(treatment, Verdict.OK)
    return Wish(
        treatment=treatment,
        minutes=minutes_of(tracker),
        starts_at=moment(last(tracker.get_slot("booking_time")))[0],
        kind=Kind.REQUEST if is_request else Kind.APPOINTMENT,
        for_whom=ForWhom.OTHER if other else ForWhom.SELF,
        contact_name=last(tracker.get_slot("contact_name")),
        phone=last(tracker.get_slot("contact_phone")),
        email=last(tracker.get_slot("contact_email")),
        verdict=verdict,
        reasons=decision.reasons,
        conversation=tracker.sender_id,
        reference=new_reference(clinic().name),
        client_name=f"their {other}" if other else "",
    )


def _key(tracker: Tracker, wish: Wish) -> str:
    """The same for the same confirmed summary, whatever is repeated; another for the next."""
    made = tracker.get_slot("bookings_made") or 0
    parts = (tracker.sender_id, made, wish.treatment, wish.minutes, wish.starts_at, wish.phone)
    return uuid.uuid5(uuid.NAMESPACE_URL, "|".join(map(str, (*parts, wish.email)))).hex
