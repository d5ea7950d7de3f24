"""Settles what was read twice, or both said and denied, and drops questions that need no answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from frontdesk.clinical.findings import Reading
from frontdesk.domain.condition import Condition, Urgency
from frontdesk.domain.finding import Assertion, Finding, Subject

_STRENGTH = (
    Assertion.ABSENT,
    Assertion.HYPOTHETICAL,
    Assertion.HISTORICAL,
    Assertion.POSSIBLE,
    Assertion.PRESENT,
)


def settled(reading: Reading) -> Reading:
    """One statement for each entry and person: a correction's last, else a contradiction asks."""
    order = range(len(reading.findings))
    key = lambda n: (reading.findings[n].id, reading.findings[n].subject.value)  # noqa: E731
    kept: list[int] = []
    findings = list(reading.findings)
    for _, same in groupby(sorted(order, key=key), key=key):
        numbers = sorted(same, key=lambda n: reading.places[n])
        last = numbers[-1] if reading.is_corrected else _strongest(numbers, findings)
        each = {findings[n].assertion for n in numbers}
        if not reading.is_corrected and Assertion.ABSENT in each and Assertion.PRESENT in each:
            findings[last] = replace(findings[last], assertion=Assertion.POSSIBLE, is_doubtful=True)
        kept.append(last)
    kept.sort(key=lambda n: reading.places[n])
    reading.findings = findings
    reading.keep(kept)
    return reading


def leave_lesser_questions(reading: Reading, conditions: Mapping[str, Condition]) -> None:
    """Ask about no red flag beside one that is certain, and as urgent."""
    order = list(Urgency)
    sure = [
        order.index(conditions[one.id].urgency)
        for one in reading.findings
        if conditions[one.id].is_red_flag
        and one.subject is Subject.CLIENT
        and one.assertion is Assertion.PRESENT
        and not one.is_doubtful
    ]
    if not sure:
        return
    reading.keep(
        number
        for number, one in enumerate(reading.findings)
        if not one.is_doubtful
        or not conditions[one.id].is_red_flag
        or order.index(conditions[one.id].urgency) > max(sure)
    )


def _strongest(numbers: Iterable[int], findings: Sequence[Finding]) -> int:
    return max(
        numbers, key=lambda n: (_STRENGTH.index(findings[n].assertion), findings[n].sureness)
    )
