"""Takes a wish for an appointment through the gate; no other action speaks of booking."""

from __future__ import annotations

import time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import last
from actions.health import assessment, called, treatment_asked, words_of
from actions.knowledge import treatments
from frontdesk.domain.gate import Decision, Passage, decide

FORM, BOOKING = "screening_form", "booking_form"
GOES_ON = (Passage.BOOK, Passage.BOOK_WITH_NOTE, Passage.REQUEST)
CONSENT = "screen_consent"
SCREENS = ("circulation", "pregnancy", "bones", "nerves", "skin", "other")
ANSWERS = tuple(f"screen_{name}" for name in SCREENS)
LASTS = 7 * 86_400  # seconds for which what was said of health is taken as still so


class BookAppointment(Action):
    """Books nothing that was not checked."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_book_appointment"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Ask the gate and do as it says (see Rasa)."""
        treatment = treatment_asked(tracker)
        decision = passage(tracker, treatment)
        if decision.passage is Passage.SCREEN_FIRST:
            return screen_anew()
        if decision.passage is Passage.STOP:
            return [FollowupAction("action_after_red_flag")]
        if decision.passage in GOES_ON:
            announce(dispatcher, decision, treatment)
            return [FollowupAction(BOOKING)]
        say(dispatcher, decision, treatment)
        return []


def passage(tracker: Tracker, treatment: str) -> Decision:
    """What the gate says of a wish for a treatment at this point."""
    is_recent = time.time() - float(tracker.get_slot("screened_at") or 0) < LASTS
    is_screened = bool(tracker.get_slot("screening_done")) and is_recent
    # the answers of one person say nothing of another
    is_theirs = (tracker.get_slot("screened_for") or "") == whom(tracker)
    return decide(
        assessment(tracker),
        treatment,
        is_screened=is_screened and is_theirs,
        is_unclear=bool(tracker.get_slot("screening_unclear")),
    )


def whom(tracker: Tracker) -> str:
    """Whose massage it is: "dad", or nothing when it is the writer's own."""
    return last(tracker.get_slot("booking_for"))


def screen_anew() -> list[dict[str, Any]]:
    """Ask the questions about health from the beginning."""
    anew = [SlotSet(name, None) for name in (CONSENT, *ANSWERS, "screening_done")]
    return [*anew, FollowupAction(FORM)]


def say(dispatcher: CollectingDispatcher, decision: Decision, treatment: str) -> None:
    """Say why the gate lets nobody through yet."""
    title = treatments()[treatment].title if treatment else "a massage"
    reasons = called(decision.reasons[:3]) or "what you told me"
    if decision.passage is Passage.REFUSE:
        words = words_of(decision.reasons[0]) | {"called": reasons, "title": title}
        dispatcher.utter_message(response="utter_book_refused", **words)
        return
    if decision.passage is Passage.CHOOSE_FIRST:
        dispatcher.utter_message(response="utter_book_which", title=title)


def announce(dispatcher: CollectingDispatcher, decision: Decision, treatment: str) -> None:
    """Say what a booking will be, before its details are asked: with a change, or a request."""
    replies = {
        Passage.BOOK_WITH_NOTE: "utter_book_with_note",
        Passage.REQUEST: "utter_book_request",
    }
    if decision.passage in replies:
        title = treatments()[treatment].title
        reasons = called(decision.reasons[:3]) or "what you told me"
        dispatcher.utter_message(response=replies[decision.passage], title=title, called=reasons)
