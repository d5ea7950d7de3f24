"""Who somebody is and how to reach them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.clinical.contacts import (
    EMAIL,
    NAME,
    PHONE,
    WRONG,
    as_name,
    as_said,
    details,
    region_of,
)

HOME = "US"
NO_NAMES = frozenset(
    ["and", "monday", "friday", "pregnant", "free", "urgent", "for", "my", "on", "in"]
)

PIECES = (
    "my name is I'm this call me Sam o'Neill Dr. @ . - + ( ) 212 555-0142 +44 999 00000000000000"
    " a@b.c sam@example.com .. .@. @@ \u0663\u0664\u0665\u0663\u0664\u0665\u0663 \ud800 here"
)


def read(text):
    return [(one.kind, one.value) for one in details(text, HOME, NO_NAMES)]


@pytest.mark.parametrize(
    "text, name",
    [
        ("my name is sam", "Sam"),
        ("My name is Anna-Maria O'Neill.", "Anna-Maria O'Neill"),
        ("my name is Dr. Lee", "Lee"),
        ("name: zoë", "Zoë"),
        ("name's José García", "José García"),
        ("I'm Sam", "Sam"),
        ("Im Sam, hi", "Sam"),
        ("Sam Lee here, hello", "Sam Lee"),
        ("this is Maya", "Maya"),
        ("call me sam", "Sam"),
        ("under the name of Lee, please", "Lee"),
        ("my name is Sam and I want friday", "Sam"),
        ("my name is 李雷", "李雷"),
    ],
)
def test_name_is_read_after_a_cue(text, name):
    assert read(text) == [(NAME, name)]


@pytest.mark.parametrize(
    "text",
    [
        "I'm pregnant",
        "I'm Pregnant",
        "I'm free friday",
        "this is urgent",
        "call me tomorrow",
        "call me back",
        "call me when you can",
        "this is for my mother",
        "I'm Sam's mother",
        "sam",
        "name is on the list",
        "this is great thanks",
        "",
    ],
)
def test_what_is_no_name_is_none(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "text, email",
    [
        ("sam@example.com", "sam@example.com"),
        ("it's SAM.Lee+spa@Example.COM.", "SAM.Lee+spa@example.com"),
        ("<sam@example.com>, thanks", "sam@example.com"),
        ("sam@münchen.de", "sam@münchen.de"),
    ],
)
def test_email_is_normalized(text, email):
    assert read(text) == [(EMAIL, email)]


@pytest.mark.parametrize(
    "text", ["sam@example", "sam@@example.com", "sam@localhost", "sam@exa mple.com", "a..b@c.de"]
)
def test_email_that_cannot_be_right_is_told(text):
    assert read(text) == [(WRONG[EMAIL], "")]


@pytest.mark.parametrize(
    "text, phone",
    [
        ("212 555 0142", "+12125550142"),
        ("call (212) 555-0142 after 5", "+12125550142"),
        ("212.555.0142", "+12125550142"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+1 212 555 0142", "+12125550142"),
    ],
)
def test_phone_is_in_international_form(text, phone):
    assert read(text) == [(PHONE, phone)]


@pytest.mark.parametrize(
    "text", ["555-0142", "212 555 014", "123456789", "000-000-0000", "+1 999 999 9999"]
)
def test_phone_that_cannot_be_right_is_told(text):
    assert read(text) == [(WRONG[PHONE], "")]


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-20 14:00",
        "05/20/2026",
        "10:30-11:30",
        "120/80",
        "60 90 75",
        "12345",
        "HM-7K3QW",
        "4111 1111 1111 1111",
        "@sam",
        "friday 2-4pm",
    ],
)
def test_other_numbers_are_no_phones(text):
    assert read(text) == []


def test_all_three_are_found_where_they_stand():
    text = "I'm Sam, sam@example.com or 212 555 0142"
    found = {one.kind: text[one.start : one.end] for one in details(text, HOME)}
    assert found == {NAME: "Sam", EMAIL: "sam@example.com", PHONE: "212 555 0142"}


def test_number_is_said_as_people_at_home_write_it():
    assert as_said("+12125550142", HOME) == "(212) 555-0142"
    assert as_said("+442079460958", HOME) == "+44 20 7946 0958"
    assert region_of("tel:+12125550148") == HOME
    assert region_of("tel:+442079460958") == "GB"


@pytest.mark.parametrize(
    "text, name",
    [
        ("sam", "Sam"),
        ("sam lee.", "Sam Lee"),
        ("zoë o'neill", "Zoë O'neill"),
        ("", ""),
        ("who are you?", ""),
        ("sam@example.com", ""),
        ("212 555 0142", ""),
        ("a b c d e", ""),
    ],
)
def test_bare_answer_is_a_name_when_it_can_be_one(text, name):
    assert as_name(text) == name


@given(
    st.one_of(
        st.text(max_size=80), st.lists(st.sampled_from(PIECES.split()), max_size=8).map(" ".join)
    )
)
def test_no_text_raises_and_every_detail_stands_in_it(text):
    as_name(text)
    for one in details(text, HOME, NO_NAMES):
        assert one.kind in {NAME, EMAIL, PHONE, *WRONG.values()}
        assert bool(one.value) is (one.kind not in WRONG.values())
        assert 0 <= one.start < one.end <= len(text)
