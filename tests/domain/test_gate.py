"""Nothing is booked that was not checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.assessment import Assessment, assess
from frontdesk.domain.condition import Urgency, Verdict
from frontdesk.domain.finding import Assertion
from frontdesk.domain.gate import Passage, decide
from tests.domain.examples import CONDITIONS, TREATMENTS, finding

BOOKED = (Passage.BOOK, Passage.BOOK_WITH_NOTE, Passage.REQUEST)


def passage(*names, treatment="hot_stone", is_screened=True):
    assessment = assess([finding(name) for name in names], TREATMENTS, CONDITIONS)
    return decide(assessment, treatment, is_screened=is_screened)


@pytest.mark.parametrize(
    "found, treatment, is_screened, expected",
    [
        ([], "hot_stone", True, Passage.BOOK),
        ([], "hot_stone", False, Passage.SCREEN_FIRST),
        ([], "", True, Passage.CHOOSE_FIRST),
        ([], "", False, Passage.SCREEN_FIRST),
        (["mild"], "hot_stone", True, Passage.BOOK_WITH_NOTE),
        (["mild"], "hot_stone", False, Passage.SCREEN_FIRST),
        (["ask_first"], "hot_stone", True, Passage.REQUEST),
        (["firm_only"], "deep_tissue", True, Passage.REFUSE),
        (["firm_only"], "deep_tissue", False, Passage.REFUSE),
        (["firm_only"], "swedish", True, Passage.BOOK),
        (["firm_only"], "", True, Passage.CHOOSE_FIRST),
        (["never"], "", False, Passage.REFUSE),
        (["rf_gp"], "hot_stone", True, Passage.REQUEST),
        (["rf_gp", "never"], "hot_stone", True, Passage.REFUSE),
        (["rf_today"], "hot_stone", True, Passage.STOP),
        (["rf_now"], "", False, Passage.STOP),
        ([], "unheard_of", True, Passage.REQUEST),
        (["never"], "unheard_of", False, Passage.SCREEN_FIRST),
    ],
)
def test_where_the_gate_leads(found, treatment, is_screened, expected):
    assert passage(*found, treatment=treatment, is_screened=is_screened).passage is expected


def test_reasons_go_with_the_decision():
    assert passage("mild", "never").reasons == ("never", "mild")
    assert passage("never", treatment="").reasons == ("never",)
    assert passage("mild").reasons == ("mild",)


def test_what_only_a_person_can_judge_is_a_request():
    for names, expected in (([], Passage.REQUEST), (["never"], Passage.REFUSE)):
        found = assess(map(finding, names), TREATMENTS, CONDITIONS)
        decision = decide(found, "swedish", is_screened=True, is_unclear=True)
        assert decision.passage is expected


def test_past_red_flag_does_not_stop_but_a_possible_one_does():
    for assertion, expected in (
        (Assertion.HISTORICAL, Passage.BOOK),
        (Assertion.POSSIBLE, Passage.STOP),
        (Assertion.ABSENT, Passage.BOOK),
    ):
        found = assess([finding("rf_now", assertion)], TREATMENTS, CONDITIONS)
        assert decide(found, "swedish", is_screened=True).passage is expected


@given(
    st.dictionaries(st.sampled_from(TREATMENTS), st.sampled_from(Verdict)),
    st.sampled_from(Urgency),
    st.sampled_from((*TREATMENTS, "unheard_of", "")),
    st.booleans(),
    st.booleans(),
)
def test_booked_only_when_screened_not_urgent_and_not_to_be_avoided(
    verdicts, urgency, treatment, is_screened, is_unclear
):
    reasons = {name: ("mild",) for name, verdict in verdicts.items() if verdict is not Verdict.OK}
    assessment = Assessment(verdicts, reasons, urgency)
    decision = decide(assessment, treatment, is_screened=is_screened, is_unclear=is_unclear)
    if decision.passage in BOOKED:
        assert is_screened and treatment
        assert urgency in (Urgency.NONE, Urgency.SEE_GP)
        assert verdicts.get(treatment) is not Verdict.AVOID
    if decision.passage in (Passage.BOOK, Passage.BOOK_WITH_NOTE):
        assert not is_unclear
    if decision.passage is Passage.BOOK:
        assert urgency is Urgency.NONE and verdicts[treatment] is Verdict.OK
    if decision.passage is Passage.BOOK_WITH_NOTE:
        assert urgency is Urgency.NONE and verdicts[treatment] is Verdict.ADAPT
    if urgency not in (Urgency.NONE, Urgency.SEE_GP):
        assert decision.passage is Passage.STOP
