"""Turns readings of the clinical sets into the lines of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from benchmarks.accuracy import percent
from benchmarks.statements import Reading
from benchmarks.table import Limit, Row
from frontdesk.domain.assessment import MILDEST_FIRST, assess
from frontdesk.domain.condition import Condition
from frontdesk.domain.finding import Clearance


@dataclass(frozen=True, slots=True)
class Readings:
    """The readings of one reader: ``assertions`` was looked at, the others are held out.

    ``by_rules`` are those of ``of_health`` without what the second reader adds.
    """

    assertions: Sequence[Reading]
    findings: Sequence[Reading]
    visitors: Sequence[Reading]
    everyday: Sequence[Reading]
    by_rules: Sequence[Reading]
    red_flags: Sequence[Reading]
    near_misses: Sequence[Reading]
    ordinary: Sequence[Reading]

    @property
    def of_health(self) -> list[Reading]:
        """The held-out messages that state conditions, of all three sets."""
        return [*self.findings, *self.visitors, *self.everyday]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares in percent, and counts of alarms and questions."""

    assertions: float
    findings: float
    by_rules: float
    messages: float
    noticed: float
    at_once: float
    right_flag: float
    ordinary_alarms: float
    ordinary_questions: float
    near_alarms: float
    near_questions: float
    milder: float
    findings_right: float
    findings_milder: float
    visitors_right: float
    visitors_milder: float
    everyday_right: float
    everyday_milder: float
    health_alarms: float

    @classmethod
    def of(
        cls, sets: Readings, treatments: Sequence[str], conditions: Mapping[str, Condition]
    ) -> Score:
        """Count the readings; "at once" and the right flag are shares of those noticed."""
        noticed = [one for one in sets.red_flags if one.flags()]
        return cls(
            percent([one.is_right for one in sets.assertions]),
            _right(sets.of_health),
            _right(sets.by_rules),
            percent([one.is_right for one in sets.of_health]),
            percent([bool(one.flags()) for one in sets.red_flags]),
            percent([one.has_alarm for one in noticed]),
            percent([one.has_right_flag for one in noticed]),
            sum(one.has_alarm for one in sets.ordinary),
            sum(one.has_question for one in sets.ordinary),
            sum(one.has_alarm for one in sets.near_misses),
            sum(one.has_question for one in sets.near_misses),
            _milder(sets.of_health, treatments, conditions),
            _right(sets.findings),
            _milder(sets.findings, treatments, conditions),
            _right(sets.visitors),
            _milder(sets.visitors, treatments, conditions),
            _right(sets.everyday),
            _milder(sets.everyday, treatments, conditions),
            sum(one.has_alarm for one in sets.of_health),
        )


def _right(readings: Sequence[Reading]) -> float:
    return percent([verdict for one in readings for verdict in one.verdicts()])


def _milder(
    readings: Sequence[Reading], treatments: Sequence[str], conditions: Mapping[str, Condition]
) -> float:
    return percent([verdict for one in readings for verdict in milder(one, treatments, conditions)])


def milder(
    reading: Reading, treatments: Sequence[str], conditions: Mapping[str, Condition]
) -> list[bool]:
    """For each treatment, whether what was found allows more than what is stated.

    What is asked about first does not count as found. What a clinician said of massage counts on
    both sides: the rows say nothing of it.
    """
    clearance = reading.found[0].clearance if reading.found else Clearance.NONE
    stated = [replace(one, clearance=clearance) for one in reading.message.expected]
    right = assess(stated, treatments, conditions).verdicts
    found = assess(reading.found, treatments, conditions).verdicts
    return [
        MILDEST_FIRST.index(found[name]) < MILDEST_FIRST.index(right[name]) for name in treatments
    ]


def rows(ours: Score, default: Score, sets: Readings) -> list[Row]:
    """The lines of the table; ConText asks no questions."""
    ordinary, near = len(sets.ordinary), len(sets.near_misses)
    health = len(sets.of_health)
    at_least_95, at_least_90 = Limit(95, at_least=True), Limit(90, at_least=True)
    lines: list[tuple[str, str, str, Limit | None]] = [
        ("assertions", "health: development messages all right", "%", at_least_95),
        ("findings", "health: held-out findings right", "%", at_least_90),
        ("by_rules", "the same, without the second reader", "%", None),
        ("messages", "health: held-out messages all right", "%", None),
        ("noticed", "red flags noticed", "%", Limit(97, at_least=True)),
        ("at_once", "of these, at once without a question", "%", None),
        ("right_flag", "of these, with the right flag", "%", None),
        ("ordinary_alarms", f"{ordinary} ordinary messages: alarms", "", Limit(ordinary * 2 / 300)),
        ("ordinary_questions", f"{ordinary} ordinary messages: questions", "", None),
        ("near_alarms", f"{near} near misses: alarms", "", Limit(near * 5 / 100)),
        ("near_questions", f"{near} near misses: questions", "", None),
        ("health_alarms", f"{health} held-out messages about health: alarms", "", None),
        ("milder", "verdicts milder than right", "%", Limit(1)),
        ("findings_right", "of brands, nicknames and hints: findings right", "%", None),
        ("findings_milder", "the same: verdicts milder than right", "%", None),
        ("visitors_right", "of visitors: findings right", "%", None),
        ("visitors_milder", "the same: verdicts milder than right", "%", None),
        ("everyday_right", "of a normal week: findings right", "%", None),
        ("everyday_milder", "the same: verdicts milder than right", "%", None),
    ]
    return [
        Row(
            measure,
            getattr(ours, name),
            None if name.endswith(("_questions", "at_once")) else getattr(default, name),
            unit,
            1 if unit else 0,
            limit,
        )
        for name, measure, unit, limit in lines
    ]
