"""The gate every booking goes through: nothing is booked that was not checked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from frontdesk.domain.assessment import Assessment
from frontdesk.domain.condition import Urgency, Verdict


class Passage(str, Enum):
    """What a wish for an appointment may become."""

    BOOK = "book"
    BOOK_WITH_NOTE = "book_with_note"  # the therapist is told what to change
    REQUEST = "request"  # staff confirm it once a clinician agrees
    SCREEN_FIRST = "screen_first"  # the questions about health come first
    CHOOSE_FIRST = "choose_first"  # for which massage is not known yet
    REFUSE = "refuse"  # not this treatment now
    STOP = "stop"  # somebody must be seen first; nothing is sold


@dataclass(frozen=True, slots=True)
class Decision:
    """Where the gate lets a wish through, with the entries that decided it."""

    passage: Passage
    reasons: tuple[str, ...] = ()


def decide(
    assessment: Assessment, treatment: str, *, is_screened: bool, is_unclear: bool = False
) -> Decision:
    """What a wish for a treatment may become.

    Args:
        assessment: of all that is known of the client's health.
        treatment: the id asked for, empty when none was named.
        is_screened: the questions about health were answered in this conversation.
        is_unclear: something was said there that only a person can judge.
    """
    # "see your doctor about it" stops no massage by itself, but staff decide; the others do stop
    if assessment.urgency not in (Urgency.NONE, Urgency.SEE_GP):
        return Decision(Passage.STOP)
    if treatment:
        verdict = assessment.verdicts.get(treatment)
        reasons = assessment.reasons.get(treatment, ())
        if verdict is Verdict.AVOID:
            return Decision(Passage.REFUSE, reasons)
    elif assessment.verdicts and all(v is Verdict.AVOID for v in assessment.verdicts.values()):
        return Decision(Passage.REFUSE, next(iter(assessment.reasons.values())))
    if not is_screened:
        return Decision(Passage.SCREEN_FIRST)
    if not treatment:
        return Decision(Passage.CHOOSE_FIRST)
    if assessment.urgency is Urgency.SEE_GP or is_unclear:
        return Decision(Passage.REQUEST, reasons)
    if verdict is Verdict.OK:
        return Decision(Passage.BOOK)
    if verdict is Verdict.ADAPT:
        return Decision(Passage.BOOK_WITH_NOTE, reasons)
    # clear_first, and a treatment nobody assessed: a person decides
    return Decision(Passage.REQUEST, reasons)
