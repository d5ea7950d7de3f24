"""Bare answers to what was just asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.clinical.answers import LONGEST, answered
from frontdesk.domain.finding import Assertion, Subject

PRESENT, POSSIBLE, HISTORICAL, HYPOTHETICAL, ABSENT = Assertion
THREE = ("dvt_blood_clot", "pregnancy", "heart_disease")


def said(text, asked=THREE[:1], **kwargs):
    return [one.assertion for one in answered(text, asked, **kwargs)]


@pytest.mark.parametrize("text", ["yes", "Yes!", "yep", "YEAH", "yes I do", "👍", "afraid so"])
def test_yes(text):
    assert said(text) == [PRESENT]


@pytest.mark.parametrize("text", ["no", "No.", "nope", "NAH", "none", "never", "👎", "no, nothing"])
def test_no(text):
    assert said(text) == [ABSENT]
    assert said(text, THREE) == [ABSENT] * 3


@pytest.mark.parametrize("text", ["not sure", "not really", "maybe", "no idea maybe", "idk"])
def test_unsure_answer_is_neither(text):
    assert said(text) == [POSSIBLE]


def test_free_of_it_turns_the_answer_round():
    assert said("yes", are_free=True) == [ABSENT]
    assert said("no", are_free=True) == [PRESENT]
    assert said("yes", THREE, are_free=True) == [ABSENT] * 3


@pytest.mark.parametrize(
    "text, expected",
    [
        ("only the second", [ABSENT, PRESENT, ABSENT]),
        ("the first", [PRESENT, ABSENT, ABSENT]),
        ("1 and 3", [PRESENT, ABSENT, PRESENT]),
        ("the last one", [ABSENT, ABSENT, PRESENT]),
        ("all", [PRESENT] * 3),
    ],
)
def test_some_of_several(text, expected):
    assert said(text, THREE) == expected


def test_yes_to_several_says_nothing_of_each():
    assert said("yes", THREE) == []


@pytest.mark.parametrize("text", ["", "   ", "same as last time", "hello", "what do you mean"])
def test_what_is_no_answer(text):
    assert said(text) == []


def test_without_a_question_there_is_no_answer():
    assert said("no", ()) == []


def test_longer_message_speaks_for_itself():
    assert said("no but I have a pain in my leg") == []


@given(st.text(max_size=60), st.lists(st.sampled_from(THREE), unique=True), st.booleans())
def test_answer_is_about_all_that_was_asked_or_about_nothing(text, asked, are_free):
    found = answered(text, asked, are_free=are_free)
    assert [one.id for one in found] in ([], asked)
    assert all(one.subject is Subject.CLIENT and one.text == text for one in found)
    if len(text.split()) > LONGEST:
        assert not found
