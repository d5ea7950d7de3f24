"""Health conditions and red flags: what each means for a massage, and how people name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Category(str, Enum):
    """How a condition bears on massage."""

    EMERGENCY_RED_FLAG = "emergency_red_flag"
    RED_FLAG_SAME_DAY = "red_flag_same_day"
    RED_FLAG_SEE_GP = "red_flag_see_gp"
    ABSOLUTE = "absolute"
    NEEDS_DOCTOR_CLEARANCE = "needs_doctor_clearance"
    TYPE_SPECIFIC_AVOID = "type_specific_avoid"
    LOCAL_AVOID_AREA = "local_avoid_area"
    CAUTION_ADAPT = "caution_adapt"


class Verdict(str, Enum):
    """What may be done with one treatment, mildest first."""

    OK = "ok"
    ADAPT = "adapt"  # fine with a change the therapist makes
    CLEAR_FIRST = "clear_first"  # a clinician agrees first
    AVOID = "avoid"  # not this treatment now


class Urgency(str, Enum):
    """How soon someone must be seen, mildest first."""

    NONE = "none"
    SEE_GP = "see_gp"
    SAME_DAY = "same_day"
    EMERGENCY = "emergency"
    CRISIS = "crisis"


class History(str, Enum):
    """What a condition of the past does."""

    FIRES = "fires"
    ASK = "ask"  # counts until somebody has asked
    RESOLVED_OK = "resolved_ok"


class Evidence(str, Enum):
    """The best source: A guideline or peer-reviewed, B professional body, C a clinic's page."""

    A = "A"
    B = "B"
    C = "C"


# What a category means for every treatment it affects and has no action of its own for.
BY_CATEGORY: Mapping[Category, Verdict] = {
    Category.EMERGENCY_RED_FLAG: Verdict.AVOID,
    Category.RED_FLAG_SAME_DAY: Verdict.AVOID,
    Category.RED_FLAG_SEE_GP: Verdict.OK,
    Category.ABSOLUTE: Verdict.AVOID,
    Category.NEEDS_DOCTOR_CLEARANCE: Verdict.CLEAR_FIRST,
    Category.TYPE_SPECIFIC_AVOID: Verdict.AVOID,
    Category.LOCAL_AVOID_AREA: Verdict.ADAPT,
    Category.CAUTION_ADAPT: Verdict.ADAPT,
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where a clinical rule comes from."""

    title: str
    org: str
    where: str


@dataclass(frozen=True, slots=True)
class Range:
    """The ages in years, or the weeks of a pregnancy, at which a condition counts by itself."""

    at_least: int = 0
    below: int = 200

    def holds(self, number: int) -> bool:
        """Whether a number lies in it."""
        return self.at_least <= number < self.below


@dataclass(frozen=True, slots=True)
class Measured:
    """A blood pressure in mmHg and a temperature in degrees Celsius; 0 where not measured."""

    systolic: int = 0
    diastolic: int = 0
    celsius: float = 0.0

    def reaches(self, limit: Measured) -> bool:
        """Whether any of its numbers is at or above that of a limit."""
        return (
            0 < limit.systolic <= self.systolic
            or 0 < limit.diastolic <= self.diastolic
            or 0 < limit.celsius <= self.celsius
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """One entry of ``data/conditions/``, to be signed off by a clinician.

    ``called`` completes "You mentioned ..."; ``actions`` beats the category for a treatment;
    ``affects`` names the treatments it bears on, all when empty.

    How it is found: ``words``, ``maybe``, ``near``, ``capitals`` and ``unless`` are what people
    call it (see ``Phrases``); ``hints`` make it possible ("late this month"); ``examples`` are
    whole messages that state it and ``near_misses`` messages that must not be read as it, and
    without one of ``only_with`` no message is read as it for its meaning alone. ``ages`` raise it
    from a stated age, ``along`` from the weeks of a pregnancy, ``measured`` from a reading at or
    above it, and ``joins`` from one of these entries together with pain in the back;
    ``joins_asking`` asks first.

    How it is judged: ``weeks`` is how long ago it may have been and still count as present;
    ``lifelong`` is what never passes; ``when_past`` is the entry that a past one is ("had
    cancer"); ``implies`` are those that are true with it; ``arranged`` is what is done to somebody
    on a day and is not there before; ``explained_by`` are those beside which it is no finding of
    its own.
    """

    title: str
    called: str
    category: Category
    history: History
    words: tuple[str, ...]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    question: str
    advice: str
    alternative: str
    evidence: Evidence
    sources: tuple[Source, ...]
    reviewed_by: str = ""
    reviewed_on: str = ""
    urgency: Urgency = Urgency.NONE
    affects: tuple[str, ...] = ()
    actions: Mapping[str, Verdict] = field(default_factory=dict)
    maybe: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    only_with: tuple[str, ...] = ()
    weeks: int = 0
    lifelong: bool = False
    when_past: str = ""
    implies: tuple[str, ...] = ()
    arranged: bool = False
    explained_by: tuple[str, ...] = ()
    ages: Range | None = None
    along: Range | None = None
    measured: Measured | None = None
    joins: tuple[str, ...] = ()
    joins_asking: tuple[str, ...] = ()

    @property
    def is_red_flag(self) -> bool:
        """Whether it is a sign that somebody must be seen, not a condition to work around."""
        return self.urgency is not Urgency.NONE

    def verdict(self, treatment: str) -> Verdict:
        """What this condition, when present, means for a treatment."""
        if treatment in self.actions:
            return self.actions[treatment]
        if self.affects and treatment not in self.affects:
            return Verdict.OK
        return BY_CATEGORY[self.category]
