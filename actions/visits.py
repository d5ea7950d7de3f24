"""Finds the visit that somebody wants to move or call off, when it is theirs."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import bookings
from actions.conversation import as_list
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
    named = as_list(tracker.get_slot("visit_reference"))
    return named[-1] if named else str(tracker.get_slot("booking_reference") or "")


def proof(tracker: Tracker) -> Proof:
    """What shows that the visit is theirs."""
    digits = as_list(tracker.get_slot("visit_digits"))
    return Proof(tracker.sender_id, digits[-1] if digits else "")


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
