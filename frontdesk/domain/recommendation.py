"""Which massage suits what a person told us, in line with what the articles say of each type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from frontdesk.domain.condition import Verdict
from frontdesk.domain.treatment import Reason, Suits, Treatment

QUESTIONS = ("pain_area", "pain_cause", "pressure")
UNKNOWN = "unknown"
PREGNANCY = "pregnancy"
TRAUMA = "recent_trauma_accident"
INJURY = "injury"


class Advice(str, Enum):
    """How a recommendation is given."""

    PICK = "pick"
    AFTER_INJURY = "after_injury"  # with a word about bad falls first (B23, caution of A11)
    PREGNANCY = "pregnancy"  # B14; silence about other types is not a yes
    SEE_DOCTOR = "see_doctor"  # severe trauma is outside what massage is for (B23)
    ASK_US = "ask_us"  # nothing is left to recommend


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One treatment and an alternative, each with its reason; both empty unless picked."""

    advice: Advice
    treatment: str = ""
    reason: Reason | None = None
    alternative: str = ""
    alternative_reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    name: str
    score: int
    reason: Reason


def recommend(
    answers: Mapping[str, Iterable[str]],
    treatments: Mapping[str, Treatment],
    conditions: frozenset[str] = frozenset(),
    verdicts: Mapping[str, Verdict] | None = None,
) -> Recommendation:
    """Pick a treatment for these answers.

    Args:
        answers: values given for ``pain_area``, ``pain_cause`` and ``pressure``; what is
            missing or not one of the known values counts as unknown.
        treatments: all treatments by id, in the order that settles ties.
        conditions: ids of health conditions that count for the person.
        verdicts: what may be done, by treatment; one to avoid is never named, and one that needs
            a doctor's word only when nothing else is left.
    """
    given = {question: tuple(answers.get(question) or ()) for question in QUESTIONS}
    if PREGNANCY in conditions or PREGNANCY in given["pain_cause"]:
        return Recommendation(Advice.PREGNANCY)
    if TRAUMA in conditions:
        return Recommendation(Advice.SEE_DOCTOR)
    ranked = _ranked(given, treatments, conditions, verdicts or {})
    if not ranked:
        return Recommendation(Advice.ASK_US)
    first, second = ranked[0], ranked[1] if len(ranked) > 1 else None
    return Recommendation(
        Advice.AFTER_INJURY if INJURY in given["pain_cause"] else Advice.PICK,
        first.name,
        first.reason,
        second.name if second else "",
        second.reason if second else None,
    )


def _ranked(
    given: Mapping[str, tuple[str, ...]],
    treatments: Mapping[str, Treatment],
    conditions: frozenset[str],
    verdicts: Mapping[str, Verdict],
) -> list[_Candidate]:
    allowed = {
        name: treatment
        for name, treatment in treatments.items()
        if treatment.covered
        and not conditions & set(treatment.not_for)
        and verdicts.get(name) is not Verdict.AVOID
    }
    candidates = [_weigh(name, treatment, given) for name, treatment in allowed.items()]
    # what is given with the wished pressure first: nobody who asks for light gets deep tissue
    return sorted(
        candidates,
        key=lambda one: (
            verdicts.get(one.name) is Verdict.CLEAR_FIRST,
            not _fits_pressure(allowed[one.name], given["pressure"]),
            -one.score,
        ),
    )


def _fits_pressure(treatment: Treatment, wished: tuple[str, ...]) -> bool:
    known = {"light", "medium", "firm"} & set(wished)
    return not known or bool(known & set(treatment.pressures))


def _weigh(name: str, treatment: Treatment, given: Mapping[str, tuple[str, ...]]) -> _Candidate:
    matching = [suits for suits in treatment.suits if _matches(suits, given)]
    best = max(matching, key=lambda suits: suits.weight, default=None)
    reason = Reason(best.because, best.claims) if best else treatment.otherwise
    return _Candidate(name, sum(s.weight for s in matching), reason or Reason("", ()))


def _matches(suits: Suits, given: Mapping[str, tuple[str, ...]]) -> bool:
    return all(
        set(wanted) & set(_known(given.get(question, ())))
        for question, wanted in suits.when.items()
    )


def _known(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(UNKNOWN if value == "any" else value for value in values) or (UNKNOWN,)
