"""Conditions made up for the tests of the domain."""

from __future__ import annotations

from typing import Any

from frontdesk.domain.condition import Category, Condition, Evidence, History, Urgency, Verdict
from frontdesk.domain.finding import Assertion, Clearance, Finding, Subject

TREATMENTS = ("swedish", "deep_tissue", "hot_stone")


def condition(category: Category = Category.CAUTION_ADAPT, **values: Any) -> Condition:
    """A condition that says nothing but what it is given."""
    usual = {
        "title": "Some condition",
        "called": "some condition",
        "history": History.FIRES,
        "words": ("some condition",),
        "examples": ("I have it",),
        "near_misses": ("I know of it",),
        "question": "Do you have it?",
        "advice": "Please tell us.",
        "alternative": "A gentle massage.",
        "evidence": Evidence.C,
        "sources": (),
    }
    return Condition(category=category, **(usual | values))


CONDITIONS = {
    "mild": condition(),
    "ask_first": condition(Category.NEEDS_DOCTOR_CLEARANCE, history=History.ASK),
    "never": condition(Category.ABSOLUTE),
    "firm_only": condition(
        Category.TYPE_SPECIFIC_AVOID,
        affects=("deep_tissue", "hot_stone"),
        actions={"hot_stone": Verdict.CLEAR_FIRST},
        history=History.RESOLVED_OK,
    ),
    "rf_gp": condition(Category.RED_FLAG_SEE_GP, urgency=Urgency.SEE_GP),
    "rf_today": condition(Category.RED_FLAG_SAME_DAY, urgency=Urgency.SAME_DAY),
    "rf_now": condition(Category.EMERGENCY_RED_FLAG, urgency=Urgency.EMERGENCY),
}


def finding(
    name: str,
    assertion: Assertion = Assertion.PRESENT,
    subject: Subject = Subject.CLIENT,
    *,
    is_doubtful: bool = False,
    clearance: Clearance = Clearance.NONE,
) -> Finding:
    """A finding as a message gives it."""
    return Finding(name, assertion, subject, is_doubtful=is_doubtful, clearance=clearance)
