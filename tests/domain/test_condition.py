"""What a condition means for a treatment."""

from __future__ import annotations

import pytest

from frontdesk.domain.condition import BY_CATEGORY, Category, Urgency, Verdict
from tests.domain.examples import CONDITIONS, TREATMENTS, condition


def test_every_category_means_something():
    assert set(BY_CATEGORY) == set(Category)


@pytest.mark.parametrize("category", Category)
def test_category_holds_for_every_treatment_unless_some_are_named(category):
    for treatment in TREATMENTS:
        assert condition(category).verdict(treatment) is BY_CATEGORY[category]


def test_treatment_that_is_not_affected_is_ok():
    assert CONDITIONS["firm_only"].verdict("deep_tissue") is Verdict.AVOID
    assert CONDITIONS["firm_only"].verdict("swedish") is Verdict.OK


def test_action_of_a_treatment_beats_category_and_affected_treatments():
    strict = condition(
        Category.ABSOLUTE,
        affects=("deep_tissue",),
        actions={"swedish": Verdict.ADAPT, "deep_tissue": Verdict.OK},
    )
    assert strict.verdict("swedish") is Verdict.ADAPT
    assert strict.verdict("deep_tissue") is Verdict.OK
    assert strict.verdict("hot_stone") is Verdict.OK


def test_red_flag_is_what_has_an_urgency():
    assert not condition().is_red_flag
    for urgency in set(Urgency) - {Urgency.NONE}:
        assert condition(urgency=urgency).is_red_flag
