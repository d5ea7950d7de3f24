"""Tells staff of conversations that need a person, and the visitor what will come of it."""

from __future__ import annotations

import asyncio
import datetime
from functools import lru_cache
from typing import Any

import structlog
from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.bookings import clock, now, spoken
from actions.conversation import said
from actions.health import assessment, firing, heard
from actions.knowledge import clinic
from frontdesk.domain.handoff import Handoff, HandoffQueue, Reason
from frontdesk.domain.opening import next_opening, opening_at
from frontdesk.gateways.handoffs import HandoffTable
from frontdesk.log import where
from frontdesk.settings import database_url

PATIENCE = 2.0  # seconds the table may take; an action has three
SHORTLY = datetime.timedelta(minutes=30)  # before closing; nobody is promised a call any more

log = structlog.get_logger()


@lru_cache(maxsize=1)
def queue() -> HandoffQueue:
    """The hand-off queue of this clinic."""
    return HandoffTable(database_url())


async def tell_staff(
    tracker: Tracker, reason: Reason, *findings: str, patience: float = PATIENCE
) -> bool:
    """Tell staff of the conversation, and say whether they were: nothing untrue is promised.

    Args:
        tracker: the conversation.
        reason: why it needs a person.
        findings: ids of what staff must know; all that counts of the client's health if left out.
        patience: seconds to wait; what takes longer is written all the same when it can be.
    """
    known = findings or tuple(firing(heard(tracker).now))
    handoff = Handoff(tracker.sender_id, reason, assessment(tracker).urgency, known)
    try:
        await asyncio.wait_for(asyncio.to_thread(_add, handoff), patience)
    except Exception as error:  # whatever ails the table, the visitor is answered
        log.error("handoff.failed", reason=reason.value, where=where(error))
        return False
    return True


def _add(handoff: Handoff) -> None:
    queue().add(handoff)


def answer_waiting(dispatcher: CollectingDispatcher, *, is_told: bool) -> None:
    """Say when somebody joins the chat: soon while open, else when the clinic opens."""
    opening = opening_at(clinic(), now())
    if is_told and opening:
        until = clock(opening.closes)
        dispatcher.utter_message(response="utter_waiting_open", until=until)
        return
    _answer_later(dispatcher, "utter_waiting_", is_told=is_told)


def answer_calling(
    dispatcher: CollectingDispatcher, name: str, reach: str, *, is_told: bool
) -> None:
    """Say when somebody calls: today while there is time, else when the clinic opens."""
    opening = opening_at(clinic(), now())
    words = {"name": name, "reach": reach}
    if is_told and opening and opening.closes - now() > SHORTLY:
        until = clock(opening.closes)
        dispatcher.utter_message(response="utter_calling_open", until=until, **words)
        return
    _answer_later(dispatcher, "utter_calling_", is_told=is_told, **words)


def _answer_later(
    dispatcher: CollectingDispatcher, topic: str, *, is_told: bool, **words: str
) -> None:
    opening = next_opening(clinic(), now())
    if not (is_told and opening):
        dispatcher.utter_message(response=f"{topic}untold", **words)
        return
    case = "later_today" if opening.opens.date() == now().date() else "closed"
    when, hour = spoken(opening.opens), clock(opening.opens)
    dispatcher.utter_message(response=f"{topic}{case}", when=when, hour=hour, **words)


def wants_call(tracker: Tracker, *words: str) -> bool:
    """Whether the message itself asks for a call: by the number it gives, or in such words."""
    has_number = said(tracker, "phone_number") or said(tracker, "wrong_phone")
    return bool(has_number or set(words) & set(said(tracker, "call_back")))


def leave_form() -> list[dict[str, Any]]:
    """The events that end whatever was being asked."""
    return [ActiveLoop(None), SlotSet("requested_slot", None)]
