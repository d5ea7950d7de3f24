"""Finds the visit that somebody wants to move or call off, when it is theirs."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import bookings
from actions.conversation import last
from frontdesk.domain.booking import (
    Booking,
    BookingError,
    BookingUnavailable,
    Proof,
    TooManyTries,
    UnknownBooking,
)

GIVEN_UP = "given_up"
VISIT = ("visit_reference", "visit_digits", "visit_time", "visit_confirmed")


def reference(tracker: Tracker) -> str:
    """The reference named, or the one given in this conversation."""
    return last(tracker.get_slot("visit_reference")) or last(tracker.get_slot("booking_reference"))


def proof(tracker: Tracker) -> Proof:
    """What shows that the visit is theirs."""
    return Proof(tracker.sender_id, last(tracker.get_slot("visit_digits")))


def is_own(tracker: Tracker, named: str) -> bool:
    """Whether the visit was booked in this conversation."""
    return bool(named) and named == tracker.get_slot("booking_reference")


async def found(tracker: Tracker) -> Booking:
    """The visit, when the reference and the proof are right.

    Raises:
        BookingError: why not; see ``refuse``.
    """
    return await asyncio.to_thread(bookings().find, reference(tracker), proof(tracker))


def refuse(dispatcher: CollectingDispatcher, error: BookingError) -> None:
    """Say why nothing was changed; a wrong reference and wrong digits sound the same."""
    replies = {
        UnknownBooking: "utter_visit_unknown",
        TooManyTries: "utter_visit_too_many_tries",
        BookingUnavailable: "utter_visit_unavailable",
    }
    dispatcher.utter_message(response=replies.get(type(error), "utter_booking_failed"))


def given_up() -> list[dict[str, Any]]:
    """Ends the form when the visit cannot be found; what comes after it changes nothing."""
    forgotten = [SlotSet(name, None) for name in (*VISIT, "requested_slot")]
    return [ActiveLoop(None), *forgotten, SlotSet("visit_confirmed", GIVEN_UP)]
