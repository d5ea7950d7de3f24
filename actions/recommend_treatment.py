"""Recommends one massage, with its reason, its source and an alternative."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import as_list
from actions.health import assessment, called, firing, heard
from actions.knowledge import treatments
from frontdesk.domain.condition import Verdict
from frontdesk.domain.recommendation import QUESTIONS, Advice, Recommendation, recommend

FIXED_REPLIES = {
    Advice.PREGNANCY: "utter_recommend_pregnancy",
    Advice.SEE_DOCTOR: "utter_suitability_recent_trauma_accident",
    Advice.ASK_US: "utter_recommend_none",
}


class RecommendTreatment(Action):
    """Answers the guided exchange."""

    def name(self) -> str:
        """The name rules call it by (see Rasa)."""
        return "action_recommend_treatment"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Pick and say (see Rasa)."""
        answers = {question: as_list(tracker.get_slot(question)) for question in QUESTIONS}
        known = assessment(tracker)
        picked = recommend(
            answers, treatments(), frozenset(firing(heard(tracker).now)), known.verdicts
        )
        if picked.advice in FIXED_REPLIES:
            dispatcher.utter_message(response=FIXED_REPLIES[picked.advice])
            return []
        if known.verdicts[picked.treatment] is not Verdict.OK:
            verdict = known.verdicts[picked.treatment].value
            reasons = called(known.reasons[picked.treatment][:3])
            dispatcher.utter_message(response=f"utter_recommend_{verdict}", called=reasons)
        dispatcher.utter_message(**reply(picked))
        return [{"event": "slot", "name": "treatment", "value": picked.treatment}]


def reply(picked: Recommendation) -> dict[str, Any]:
    """The reply to give and what fills it."""
    treatment = treatments()[picked.treatment]
    reason, other = picked.reason, picked.alternative_reason
    assert reason is not None
    is_injury = picked.advice is Advice.AFTER_INJURY
    name = "utter_recommend_after_injury" if is_injury else "utter_recommend"
    filled: dict[str, Any] = {
        "response": name if other else f"{name}_only",
        "treatment_id": picked.treatment,
        "title": treatment.title,
        "short_title": treatment.short_title,
        "mind": treatment.mind,
        "reason": reason.because,
        "metadata": {"claims": [*reason.claims, "B07", *(["B23"] if is_injury else [])]},
    }
    if other:
        filled["alternative"] = treatments()[picked.alternative].title
        filled["alternative_reason"] = other.because
        filled["metadata"]["claims"] += other.claims
    return filled
