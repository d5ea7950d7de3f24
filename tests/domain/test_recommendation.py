"""Which massage is recommended, in line with what the articles say of each type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.clinical.loading import entries
from frontdesk.domain.recommendation import Advice, recommend
from frontdesk.domain.treatment import Treatment
from frontdesk.settings import ROOT

FOUND = entries(ROOT / "data" / "treatments", Treatment)
ORDER = ("trigger_point", "deep_tissue", "sports", "swedish", "hot_stone")
TREATMENTS = {name: FOUND[name] for name in (*ORDER, *sorted(set(FOUND) - set(ORDER)))}

AREAS = (
    "lower_back",
    "middle_back",
    "upper_back",
    "neck",
    "shoulders",
    "hips",
    "legs",
    "whole_back",
    "any",
)
CAUSES = ("strain", "sport", "tension", "stress", "posture", "injury", "chronic", "unknown")
PRESSURES = ("light", "medium", "firm", "any")


def told(area="", cause="", pressure=""):
    given_answers = {"pain_area": area, "pain_cause": cause, "pressure": pressure}
    return {name: [value] for name, value in given_answers.items() if value}


@pytest.mark.parametrize(
    "answers, treatment, claim",
    [
        (told("lower_back", "unknown", "medium"), "trigger_point", "A21"),
        (told("upper_back", "strain", "firm"), "deep_tissue", "B09"),
        (told("legs", "sport", "firm"), "sports", "A33"),
        (told("whole_back", "stress", "light"), "swedish", "B11"),
        (told("any", "unknown", "any"), "swedish", "B13"),
        (told("neck", "strain", "light"), "hot_stone", "B17"),
        (told("neck", "tension", "firm"), "deep_tissue", "A30"),
        (told("lower_back", "injury", "any"), "trigger_point", "A21"),
    ],
)
def test_recommendation_follows_the_articles(answers, treatment, claim):
    picked = recommend(answers, TREATMENTS)
    assert picked.treatment == treatment
    assert claim in picked.reason.claims


def test_light_pressure_never_gets_firm_massage():
    for area in AREAS:
        for cause in CAUSES:
            picked = recommend(told(area, cause, "light"), TREATMENTS)
            assert picked.treatment in ("swedish", "hot_stone")
            assert picked.alternative in ("swedish", "hot_stone")


def test_pregnancy_is_never_given_a_massage():
    for answers in (told("lower_back", "pregnancy", "light"), told("neck", "stress")):
        conditions = (
            frozenset() if "pregnancy" in answers["pain_cause"] else frozenset({"pregnancy"})
        )
        picked = recommend(answers, TREATMENTS, conditions)
        assert (picked.advice, picked.treatment) == (Advice.PREGNANCY, "")


def test_severe_trauma_is_sent_to_a_doctor():
    picked = recommend(told("neck"), TREATMENTS, frozenset({"recent_trauma_accident"}))
    assert (picked.advice, picked.treatment) == (Advice.SEE_DOCTOR, "")


def test_injury_comes_with_a_word_of_care():
    assert recommend(told("neck", "injury", "firm"), TREATMENTS).advice is Advice.AFTER_INJURY


answers_of_any_kind = st.fixed_dictionaries(
    {},
    optional={
        "pain_area": st.lists(st.sampled_from(AREAS), max_size=3),
        "pain_cause": st.lists(st.sampled_from(CAUSES), max_size=3),
        "pressure": st.lists(st.sampled_from(PRESSURES), max_size=2),
    },
)
ruled_out = st.frozensets(
    st.sampled_from(["herniated_disc", "sunburn", "open_wounds_burns"]), max_size=3
)


@given(answers_of_any_kind, ruled_out)
def test_recommendation_is_whole_and_never_what_is_ruled_out(answers, conditions):
    picked = recommend(answers, TREATMENTS, conditions)
    assert picked.treatment != picked.alternative
    given_reasons = {picked.treatment: picked.reason, picked.alternative: picked.alternative_reason}
    if not picked.alternative:
        del given_reasons[""]
        left = [name for name in ORDER if not conditions & set(TREATMENTS[name].not_for)]
        assert left == [picked.treatment]
    for name, reason in given_reasons.items():
        assert TREATMENTS[name].covered
        assert not conditions & set(TREATMENTS[name].not_for)
        assert reason.because and reason.claims
