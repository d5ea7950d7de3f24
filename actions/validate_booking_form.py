"""Takes the details of a booking in any order, and says at once what cannot be."""

from __future__ import annotations

import asyncio
import datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.book_appointment import GOES_ON, passage
from actions.bookings import (
    clock,
    is_free,
    minutes_of,
    moment,
    now,
    spoken,
)
from actions.contact_form import ContactForm, unreadable
from actions.conversation import as_list, last, said
from actions.health import treatment_asked
from actions.knowledge import clinic
from frontdesk.domain.booking import BookingUnavailable
from frontdesk.domain.opening import opening_at

UNASKED = ("contact_email", "booking_for", "booking_change")
CHANGES = {
    "time": ("booking_time", "booking_wish"),
    "length": ("booking_minutes",),
    "name": ("contact_name",),
    "contact": ("contact_phone", "contact_email"),
}


class ValidateBookingForm(ContactForm):
    """Checks a time against the calendar before anything else is asked."""

    def name(self) -> str:
        """The name of the form it belongs to (see Rasa)."""
        return "validate_booking_form"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        """What still has to be asked (see Rasa); nothing once the gate is closed."""
        if passage(tracker, treatment_asked(tracker)).passage not in GOES_ON:
            return []
        known = ("contact_phone",) if tracker.get_slot("contact_email") else ()
        return [one for one in domain_slots if one not in (*UNASKED, *known)]

    async def validate_booking_time(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """Settle on one free time, or keep the wish and show what is near it (see Rasa)."""
        if not value:
            return {"booking_time": None}
        stated = [
            one
            for one in tracker.latest_message.get("entities") or []
            if one.get("entity") == "time"
        ]
        before = tracker.get_slot("booking_wish")
        # of several times Rasa gives the last one only
        several = [str(one["value"]) for one in stated]
        wished = _together(several if len(several) > 1 else as_list(value), stated, before)
        if len(wished) > 1:  # "Tuesday or Wednesday at 2"
            last, end = moment(wished[-1])
            within = _iso(moment(wished[0])[0], (end or last) + datetime.timedelta(hours=1))
            return {"booking_time": None, "booking_wish": within}
        begins, until = moment(wished[0])
        if until:
            return {"booking_time": None, "booking_wish": _iso(begins, until)}
        return await asyncio.to_thread(_settled, begins, dispatcher, tracker)

    async def validate_booking_minutes(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """A length we offer (see Rasa)."""
        asked = last(value)
        if asked and int(asked) not in clinic().prices:
            dispatcher.utter_message(response="utter_booking_no_such_length")
            return {"booking_minutes": None}
        return {"booking_minutes": asked or None}

    async def validate_booking_confirmed(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """A no asks what to change (see Rasa)."""
        if value == "no":
            dispatcher.utter_message(response="utter_booking_what_to_change")
            return {"booking_confirmed": None}
        return {"booking_confirmed": value}

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Say first what could not be read (see Rasa)."""
        wrong = unreadable(tracker)
        if _is_about_a_time(tracker):
            wrong.append(f"utter_booking_time_{said(tracker, 'time_problem')[0]}")
        for reply in wrong:
            dispatcher.utter_message(response=reply)
        # a line that was tapped is asked again: it counts as empty before the rest is looked at
        changed = [name for one in said(tracker, "change") for name in CHANGES.get(one, ())]
        emptied = dict.fromkeys(changed)
        tracker.slots.update(emptied)
        events: list[dict[str, Any]] = await super().run(dispatcher, tracker, domain)
        # a slot that is set tells Rasa that the message was understood
        understood = {"booking_change": None} | emptied if wrong or emptied else {}
        return [*events, *(SlotSet(name, value) for name, value in understood.items())]


def _is_about_a_time(tracker: Tracker) -> bool:
    """Whether a time that cannot be was meant for the visit, and not for an illness."""
    is_health = said(tracker, "condition") or said(tracker, "red_flag")
    return bool(said(tracker, "time_problem") and not said(tracker, "time") and not is_health)


def _settled(
    at: datetime.datetime, dispatcher: CollectingDispatcher, tracker: Tracker
) -> dict[str, Any]:
    """The time when it is free, else what to say and what was wished."""
    settled = {"booking_time": at.isoformat(timespec="minutes"), "booking_wish": at.isoformat()}
    if at <= now():
        dispatcher.utter_message(response="utter_booking_time_past")
        return {"booking_time": None, "booking_wish": None}
    treatment, minutes = treatment_asked(tracker), minutes_of(tracker)
    try:
        if is_free(treatment, minutes, at):
            return settled
    except BookingUnavailable:
        return settled  # it is kept as a request, and staff will see
    reply = "utter_booking_time_taken" if opening_at(clinic(), at) else "utter_booking_time_closed"
    dispatcher.utter_message(response=reply, when=spoken(at), hour=clock(at))
    return {"booking_time": None, "booking_wish": _iso(at, None)}


def _together(values: list[str], stated: list[dict[str, Any]], before: str | None) -> list[str]:
    """A day by itself keeps the clock time wished before, and a clock time the day."""
    if not before or len(values) != 1 or not stated:
        return values
    known, _ = moment(before)
    begins, until = moment(values[0])
    one = stated[-1]
    if until and one.get("has_clock") is False and begins.date() == until.date():
        if "/" in before and known.time() == datetime.time(0):
            return values
        return [datetime.datetime.combine(begins.date(), known.time(), known.tzinfo).isoformat()]
    if not until and one.get("has_day") is False:
        return [datetime.datetime.combine(known.date(), begins.time(), known.tzinfo).isoformat()]
    if until and one.get("has_day") is False:
        first = datetime.datetime.combine(known.date(), begins.time(), known.tzinfo)
        return [_iso(first, first + (until - begins))]
    return values


def _iso(begins: datetime.datetime, until: datetime.datetime | None) -> str:
    text = begins.isoformat(timespec="minutes")
    return f"{text}/{until.isoformat(timespec='minutes')}" if until else text
