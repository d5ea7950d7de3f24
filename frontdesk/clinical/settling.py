"""Settles what was read twice, or both said and denied, and drops questions that need no answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from frontdesk.clinical.findings import MEANING, Reading
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
        if not reading.is_corrected and _is_contradicted([findings[n] for n in numbers]):
            findings[last] = replace(findings[last], assertion=Assertion.POSSIBLE, is_doubtful=True)
        kept.append(last)
    kept.sort(key=lambda n: reading.places[n])
    reading.findings = findings
    reading.keep(kept)
    return reading


def _is_contradicted(said: Sequence[Finding]) -> bool:
    """Whether one name is both said and denied.

    What is denied under another name is a part of it: "osteopenia, not osteoporosis", "epilepsy, no
    seizures since 2019".
    """
    denied, there = (
        {one.text.lower() for one in said if one.assertion is assertion}
        for assertion in (Assertion.ABSENT, Assertion.PRESENT)
    )
    return bool(denied and there) and (bool(denied & there) or _are_meant(said))


def _are_meant(said: Iterable[Finding]) -> bool:
    return any(one.reader == MEANING for one in said)


def leave_explained(reading: Reading, conditions: Mapping[str, Condition]) -> None:
    """Keep nothing that another finding explains: the swelling of a sprain."""
    there = {
        (one.id, one.subject)
        for one in reading.findings
        if one.assertion is Assertion.PRESENT and not one.is_doubtful
    }
    reading.keep(
        number
        for number, one in enumerate(reading.findings)
        if not any((name, one.subject) in there for name in conditions[one.id].explained_by)
    )


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
