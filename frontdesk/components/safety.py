"""Lets health come before rules and forms: gathers the findings, and answers a red flag first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.turn import WITHDRAWN, Turn, turn
from frontdesk.components.health import FAILED
from frontdesk.domain.assessment import Assessment, assess, fires
from frontdesk.domain.condition import Condition, Urgency
from frontdesk.domain.finding import Assertion, Finding, Subject
from frontdesk.domain.treatment import COVERED
from frontdesk.settings import data_folder

REPORT, EXPLAIN = "action_report_red_flag", "action_explain_red_flag"
AFTERWARDS, ASK = "action_after_red_flag", "action_ask_finding"
SUITABILITY, DENIED = "action_check_suitability", "utter_finding_denied"
SPEAK_TO_US = "utter_speak_to_us_first"
POLITE = frozenset({"thank", "goodbye", "greet"})
TAKE_CARE = "utter_take_care"
WITHDRAWN_REPLY = "utter_finding_withdrawn"
OURS = frozenset(
    {REPORT, EXPLAIN, AFTERWARDS, ASK, SUITABILITY, DENIED, SPEAK_TO_US, WITHDRAWN_REPLY, TAKE_CARE}
)
# A wish for a person ends a form, also when the same message holds a detail the form would take.
PEOPLE = {"talk_to_human": "action_request_person", "complain": "action_take_complaint"}
TO_PEOPLE = frozenset(
    {
        *PEOPLE.values(),
        "action_request_callback",
        "action_request_erasure",
        "action_confirm_erasure",
    }
)
# A name or a number for a call is taken whatever was told before: nothing is sold by it.
CALL_BACK = "callback_form"
NAME_LIKE = frozenset({"inform", "affirm", "deny", "greet", "nlu_fallback", "out_of_scope"})
# After these somebody must be seen first: nothing is recommended or booked.
STOPPING = (Urgency.SAME_DAY, Urgency.EMERGENCY, Urgency.CRISIS)
SELLING = frozenset(
    [
        "affirm",
        "deny",
        "book_appointment",
        "ask_availability",
        "recommend_treatment",
        "describe_pain",
        "inform",
        "compare_treatments",
        "list_treatments",
        "describe_treatment",
        "check_suitability",
    ]
)
# What somebody wants done is done even when they say why.
LEFT_ALONE = frozenset(
    [
        "talk_to_human",
        "complain",
        "request_callback",
        "request_erasure",
        "stop",
        "goodbye",
        "cancel_appointment",
        "change_appointment",
        "ask_privacy",
        "ask_contraindications",
        "ask_hygiene",
        "ask_when_to_see_doctor",
    ]
)
LIKELY = 0.4  # of a doubtful finding that is asked about before anything is done
SCREENING = "screening_form"
# Above the rules' 6: where both are certain, this one wins.
PRIORITY = 7


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class SafetyPolicy(Policy):
    """Decides what is said when a message speaks of health, whatever else is going on."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings and their usual values (see Rasa)."""
        return {"priority": PRIORITY}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: Any = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)
        self._conditions: dict[str, Condition] = load_conditions(data_folder())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SafetyPolicy:
        """Nothing was learned: as new (see Rasa)."""
        return cls(config, model_storage, resource, execution_context)

    def train(
        self,
        training_trackers: list[TrackerWithCachedStates],
        domain: Domain,
        **kwargs: Any,
    ) -> Resource:
        """There is nothing to learn (see Rasa)."""
        with self._model_storage.write_to(self._resource):
            return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """What to do next, or nothing when health has no part in it (see Rasa)."""
        if tracker.latest_action_name in OURS | TO_PEOPLE:
            asks = tracker.latest_action_name in (ASK, EXPLAIN)
            following = ACTION_LISTEN_NAME if asks else tracker.active_loop_name
            return self._certain(following or ACTION_LISTEN_NAME, domain, [])
        if tracker.latest_action_name != ACTION_LISTEN_NAME or tracker.latest_message is None:
            return self._prediction(self._default_predictions(domain))
        heard = heard_in(tracker, tracker.get_slot("asked") or (), self._conditions)
        assessment = assess(heard.now, COVERED, self._conditions)
        events = noted(tracker, heard, assessment)
        has_failed = (tracker.latest_message.parse_data or {}).get(FAILED)
        action = SPEAK_TO_US if has_failed else self._next(tracker, heard, assessment)
        if action:
            return self._certain(action, domain, events)
        return self._prediction(self._default_predictions(domain), events=events)

    def _certain(self, action: str, domain: Domain, events: list[Event]) -> PolicyPrediction:
        chances = self._default_predictions(domain)
        chances[domain.index_for_action(action)] = 1.0
        # so that it comes before the next question of a form, which Rasa puts before all else
        return self._prediction(chances, events=events, is_no_user_prediction=True)

    def _next(
        self, tracker: DialogueStateTracker, heard: Turn, assessment: Assessment
    ) -> str | None:
        """The action that comes first, gravest reason first."""
        intent = str(tracker.latest_message.intent.get("name") or "")
        heard_now = [*heard.said, *heard.answers]
        flags = [one for one in heard_now if self._conditions[one.id].is_red_flag]
        if any(fires(one, self._conditions) for one in flags):
            return REPORT
        if any(_is_rule_asked(one) for one in flags):
            return EXPLAIN
        doubtful = [one for one in heard.said if one.is_doubtful]
        if intent in LEFT_ALONE:
            doubtful = [one for one in doubtful if one.sureness >= LIKELY]
        if doubtful or any(map(_is_past, flags)):
            return ASK
        is_for_call = tracker.active_loop_name == CALL_BACK and intent in NAME_LIKE
        if assessment.urgency in STOPPING and not is_for_call:
            following = _after_flag(intent, assessment.urgency)
            if following:
                return following
        if _withdraws(tracker):
            return WITHDRAWN_REPLY
        if heard.answers:
            counts = any(fires(one, self._conditions) for one in heard.answers)
            return SUITABILITY if counts else DENIED
        is_stated = any(fires(one, self._conditions) for one in heard.said)
        in_screening = tracker.active_loop_name == SCREENING
        if is_stated and intent not in LEFT_ALONE and not in_screening:
            return SUITABILITY
        return PEOPLE.get(intent) if tracker.active_loop_name else None


def _after_flag(intent: str, urgency: Urgency) -> str | None:
    """What is said for the rest of a conversation in which somebody must be seen first."""
    if intent in POLITE:
        return TAKE_CARE
    is_crisis = urgency is Urgency.CRISIS and intent not in LEFT_ALONE
    return AFTERWARDS if is_crisis or intent in SELLING else None


def _withdraws(tracker: DialogueStateTracker) -> bool:
    entities = tracker.latest_message.entities if tracker.latest_message else []
    return any(one["entity"] == WITHDRAWN for one in entities)


def _is_rule_asked(flag: Finding) -> bool:
    """A red flag asked about in general, or of somebody who is not the client."""
    if flag.is_doubtful:
        return False
    is_other = flag.subject is Subject.OTHER and flag.assertion in (
        Assertion.PRESENT,
        Assertion.POSSIBLE,
    )
    return flag.assertion is Assertion.HYPOTHETICAL or is_other


def _is_past(finding: Finding) -> bool:
    return finding.assertion is Assertion.HISTORICAL and finding.subject is Subject.CLIENT


def heard_in(
    tracker: DialogueStateTracker, asked: Sequence[str], conditions: Mapping[str, Condition]
) -> Turn:
    """What the latest message says of health, and what holds after it."""
    message = tracker.latest_message
    parsed = {**(message.parse_data or {}), "text": message.text or ""} if message else {}
    return turn(parsed, tracker.get_slot("findings") or (), asked, conditions)


def noted(tracker: DialogueStateTracker, heard: Turn, assessment: Assessment) -> list[Event]:
    """The slots that follow from the findings, where they change."""
    answered = [one.id for one in heard.answers] or None
    values: dict[str, Any] = {"asked": None, "answered": answered}
    if heard.said or heard.answers:
        values["findings"] = [one.as_dict() for one in heard.now]
        values["suitability"] = {
            name: {"verdict": verdict.value, "reasons": list(assessment.reasons[name])}
            for name, verdict in assessment.verdicts.items()
        }
        values["urgency"] = assessment.urgency.value
    return [
        SlotSet(name, value) for name, value in values.items() if tracker.get_slot(name) != value
    ]
