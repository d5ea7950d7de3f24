"""Answers a statement or question about a condition: what it means for a massage, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.health import assessment, called, firing, heard, treatment_asked, words_of
from actions.knowledge import conditions, treatments
from frontdesk.domain.condition import Verdict
from frontdesk.domain.finding import Assertion, Subject

MOST = 3  # further conditions named in one go
# The conditions the articles themselves speak of have replies of their own.
OF_THE_ARTICLES = (
    "recent_trauma_accident",
    "pregnancy",
    "herniated_disc",
    "sunburn",
    "open_wounds_burns",
)


class CheckSuitability(Action):
    """Echoes what was understood, gives the verdict and what to do instead."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_check_suitability"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer (see Rasa)."""
        turn = heard(tracker)
        stated = firing([*turn.said, *turn.answers])
        if stated:
            self._answer(dispatcher, tracker, stated)
            return []
        supposed = [one.id for one in turn.said if one.assertion is Assertion.HYPOTHETICAL]
        others = [one.id for one in turn.said if one.subject is Subject.OTHER]
        if supposed:
            dispatcher.utter_message(response="utter_condition_rule", **words_of(supposed[0]))
            return [SlotSet("asked", supposed[:1])]
        if others:
            dispatcher.utter_message(response="utter_condition_other")
            return [SlotSet("asked", others[:1])]
        is_denied = any(one.assertion is Assertion.ABSENT for one in turn.said)
        is_over = any(one.assertion is Assertion.HISTORICAL for one in turn.said)
        reply = (
            "utter_suitability_denied" if is_denied or is_over else "utter_suitability_ask_person"
        )
        dispatcher.utter_message(response=reply)
        return []

    def _answer(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, stated: list[str]
    ) -> None:
        treatment = treatment_asked(tracker)
        first, *more = _what_the_articles_call_it(stated)
        if treatment:
            self._verdict(dispatcher, tracker, treatment)
        if first in OF_THE_ARTICLES and more:
            dispatcher.utter_message(response="utter_condition_too", called=called(more[:MOST]))
        dispatcher.utter_message(**reply_about(first, more))

    @staticmethod
    def _verdict(dispatcher: CollectingDispatcher, tracker: Tracker, treatment: str) -> None:
        known = assessment(tracker)
        verdict = known.verdicts[treatment]
        if verdict is not Verdict.OK:
            dispatcher.utter_message(
                response=f"utter_verdict_{verdict.value}",
                title=treatments()[treatment].title,
                called=called(known.reasons[treatment][:MOST]),
            )


def _what_the_articles_call_it(stated: Sequence[str]) -> list[str]:
    """The same with a stage of a pregnancy under the name by which the articles speak of it."""
    first, *more = stated
    stage = conditions()[first]
    wider = next((name for name in stage.implies if name in more and stage.along), first)
    return [wider, *(name for name in more if name != wider)]


def reply_about(name: str, more: Sequence[str] = ()) -> dict[str, Any]:
    """The reply about one condition and what fills it."""
    if name in OF_THE_ARTICLES:
        return {"response": f"utter_suitability_{name}"}
    claims = [*conditions()[name].claims, "B22"]
    words = words_of(name) | {"called": called([name, *more[:MOST]])}
    return {"response": "utter_condition", **words, "metadata": {"claims": claims, "entry": name}}
