"""What may be done for someone, treatment by treatment, given what was found about their health."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from frontdesk.domain.condition import Condition, History, Urgency, Verdict
from frontdesk.domain.finding import Assertion, Clearance, Finding, Subject

MILDEST_FIRST = tuple(Verdict)
LEAST_URGENT_FIRST = tuple(Urgency)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict for each treatment with the entries behind it, and the highest urgency.

    ``reasons`` holds every entry that makes a treatment other than ok, gravest first, so that the
    first ones are those that decided.
    """

    verdicts: Mapping[str, Verdict]
    reasons: Mapping[str, tuple[str, ...]]
    urgency: Urgency

    def allowed(self) -> tuple[str, ...]:
        """The treatments that may be had now, as they are or with a change."""
        mild = (Verdict.OK, Verdict.ADAPT)
        return tuple(name for name, verdict in self.verdicts.items() if verdict in mild)


def fires(finding: Finding, conditions: Mapping[str, Condition]) -> bool:
    """Whether a finding counts: of the client, and present, possible, or past and still counting.

    A possible one counts as present: wrongly clearing somebody is worse than asking once too
    often. A red flag of the past does not count: whether it goes on is asked.
    """
    condition = conditions.get(finding.id)
    if condition is None or finding.subject is not Subject.CLIENT or finding.is_doubtful:
        return False
    if finding.assertion is Assertion.HISTORICAL:
        return condition.history is not History.RESOLVED_OK and not condition.is_red_flag
    return finding.assertion in (Assertion.PRESENT, Assertion.POSSIBLE)


def assess(
    findings: Iterable[Finding],
    treatments: Iterable[str],
    conditions: Mapping[str, Condition],
) -> Assessment:
    """Combine all findings; the strictest verdict and the highest urgency win."""
    firing = {one.id: one for one in findings if fires(one, conditions)}
    verdicts: dict[str, Verdict] = {}
    reasons: dict[str, tuple[str, ...]] = {}
    for treatment in treatments:
        each = {name: _verdict(one, conditions[name], treatment) for name, one in firing.items()}
        grave = {name: each[name] for name in each if each[name] is not Verdict.OK}
        gravest_first = sorted(grave, key=lambda name: -MILDEST_FIRST.index(grave[name]))
        verdicts[treatment] = each[gravest_first[0]] if gravest_first else Verdict.OK
        reasons[treatment] = tuple(gravest_first)
    urgencies = [conditions[name].urgency for name in firing]
    urgency = max(urgencies, key=LEAST_URGENT_FIRST.index, default=Urgency.NONE)
    return Assessment(verdicts, reasons, urgency)


def _verdict(finding: Finding, condition: Condition, treatment: str) -> Verdict:
    """The entry's verdict, changed by what a clinician said.

    A go-ahead lifts "ask a clinician first" and nothing else; a refusal stops every treatment.
    """
    verdict = condition.verdict(treatment)
    if finding.clearance is Clearance.REFUSED:
        return Verdict.AVOID
    is_cleared = finding.clearance is Clearance.GIVEN and not condition.is_red_flag
    if is_cleared and verdict is Verdict.CLEAR_FIRST:
        return Verdict.ADAPT
    return verdict
