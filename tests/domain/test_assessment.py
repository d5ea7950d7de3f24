"""What may be done for someone, treatment by treatment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.assessment import LEAST_URGENT_FIRST, MILDEST_FIRST, assess, fires
from frontdesk.domain.condition import Urgency, Verdict
from frontdesk.domain.finding import Assertion, Clearance, Subject
from tests.domain.examples import CONDITIONS, TREATMENTS, finding

PRESENT, POSSIBLE, HISTORICAL, HYPOTHETICAL, ABSENT = Assertion
OK, ADAPT, CLEAR_FIRST, AVOID = Verdict


def assessed(*findings):
    return assess(findings, TREATMENTS, CONDITIONS)


def verdicts(*findings):
    return list(assessed(*findings).verdicts.values())


def test_nothing_found_leaves_every_treatment_ok():
    nothing = assessed()
    assert list(nothing.verdicts.values()) == [OK, OK, OK]
    assert nothing.urgency is Urgency.NONE
    assert nothing.allowed() == TREATMENTS


def test_worst_verdict_wins():
    assert verdicts(finding("mild"), finding("ask_first")) == [CLEAR_FIRST] * 3
    assert verdicts(finding("never"), finding("mild"), finding("ask_first")) == [AVOID] * 3


def test_reasons_are_gravest_first_and_leave_out_what_is_ok():
    found = assessed(finding("mild"), finding("firm_only"), finding("ask_first"))
    assert found.reasons["deep_tissue"] == ("firm_only", "ask_first", "mild")
    assert found.reasons["hot_stone"] == ("firm_only", "ask_first", "mild")
    assert found.reasons["swedish"] == ("ask_first", "mild")


def test_action_of_a_treatment_beats_the_category():
    assert verdicts(finding("firm_only")) == [OK, AVOID, CLEAR_FIRST]
    assert assessed(finding("firm_only")).allowed() == ("swedish",)


def test_highest_urgency_wins():
    found = assessed(finding("rf_gp"), finding("rf_now"), finding("rf_today"))
    assert found.urgency is Urgency.EMERGENCY
    assert assessed(finding("rf_gp")).verdicts == dict.fromkeys(TREATMENTS, OK)


@pytest.mark.parametrize(
    "name, assertion, counts",
    [
        *((name, PRESENT, True) for name in CONDITIONS),
        *((name, POSSIBLE, True) for name in CONDITIONS),
        *((name, ABSENT, False) for name in CONDITIONS),
        *((name, HYPOTHETICAL, False) for name in CONDITIONS),
        ("mild", HISTORICAL, True),  # history: fires
        ("ask_first", HISTORICAL, True),  # history: ask
        ("firm_only", HISTORICAL, False),  # history: resolved_ok
        ("rf_now", HISTORICAL, False),
    ],
)
def test_what_counts(name, assertion, counts):
    assert fires(finding(name, assertion), CONDITIONS) is counts


def test_what_is_somebody_elses_or_doubtful_or_unknown_does_not_count():
    assert not fires(finding("never", subject=Subject.OTHER), CONDITIONS)
    assert not fires(finding("never", POSSIBLE, is_doubtful=True), CONDITIONS)
    assert not fires(finding("gone"), CONDITIONS)
    assert verdicts(finding("never", subject=Subject.OTHER), finding("gone")) == [OK] * 3


def test_go_ahead_lifts_asking_a_clinician_and_nothing_else():
    given_it = Clearance.GIVEN
    assert verdicts(finding("ask_first", clearance=given_it)) == [ADAPT] * 3
    assert verdicts(finding("never", clearance=given_it)) == [AVOID] * 3
    assert verdicts(finding("firm_only", clearance=given_it)) == [OK, AVOID, ADAPT]
    assert verdicts(finding("rf_today", clearance=given_it)) == [AVOID] * 3
    assert assessed(finding("rf_today", clearance=given_it)).urgency is Urgency.SAME_DAY


def test_refusal_stops_every_treatment():
    for name in ("mild", "firm_only", "ask_first"):
        assert verdicts(finding(name, clearance=Clearance.REFUSED)) == [AVOID] * 3


any_finding = st.builds(
    finding,
    st.sampled_from(sorted(CONDITIONS)),
    st.sampled_from(Assertion),
    st.sampled_from(Subject),
    is_doubtful=st.booleans(),
    clearance=st.sampled_from((Clearance.NONE, Clearance.REFUSED)),
)


@given(st.lists(any_finding, max_size=6, unique_by=lambda one: one.id))
def test_one_more_finding_never_makes_anything_milder(findings):
    before = assessed(*findings[:-1])
    after = assessed(*findings)
    for name in TREATMENTS:
        grade = MILDEST_FIRST.index
        assert grade(after.verdicts[name]) >= grade(before.verdicts[name])
        assert bool(after.reasons[name]) == (after.verdicts[name] is not OK)
    urgency = LEAST_URGENT_FIRST.index
    assert urgency(after.urgency) >= urgency(before.urgency)
