"""How long ago something was, and how old somebody is."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.clinical import times

TODAY = datetime.date(2026, 5, 15)


@pytest.mark.parametrize(
    "text, days",
    [
        ("i broke it two weeks ago", 14),
        ("three months back", 90),
        ("10 years ago", 3650),
        ("a year ago", 365),
        ("a couple of days ago", 2),
        ("a few weeks ago", 21),
        ("an hour ago", 0),
        ("6 wks ago", 42),
        ("6 weeks post op", 42),
        ("2 days after surgery", 2),
        ("two decades ago", 7300),
        ("in 2016", 3650),
        ("dvt in 2019", 7 * 365),
        ("in march", 60),
        ("last december", 150),
        ("in may", 0),
        ("since 2012", None),
        ("since about 2012", None),
        ("in 2090", None),
        ("my back hurts", None),
        ("for three weeks", None),
        ("", None),
    ],
)
def test_days_ago(text, days):
    assert times.days_ago(text, TODAY) == days


def test_month_may_be_the_one_to_come():
    assert times.days_ago("in march", TODAY, with_months=False) is None
    assert times.days_ago("in 2020", TODAY, with_months=False) == 6 * 365


@pytest.mark.parametrize(
    "text, is_lasting",
    [
        ("for three years", True),
        ("for the past week", True),
        ("for 6 months", True),
        ("over the last month", True),
        ("for a couple of days", True),
        ("for massage", False),
        ("three years ago", False),
        ("last", False),
    ],
)
def test_is_lasting(text, is_lasting):
    assert times.is_lasting(text) is is_lasting


@pytest.mark.parametrize(
    "text, ages",
    [
        ("i'm 14", [14]),
        ("he's only 16 and she is 82", [16, 82]),
        ("i am nearly 80", [80]),
        ("my 15 year old son", [15]),
        ("a 15-year-old", [15]),
        ("71yo", [71]),
        ("44 y/o female", [44]),
        ("aged 12", [12]),
        ("just turned 18", [18]),
        ("age: 83. no falls", [83]),
        ("for my mother in law, 81, she is frail", [81]),
        ("aide for mr. kowalski, 92. light pressure", [92]),
        ("my son 8 yrs wants one", [8]),
        ("16f, runner", [16]),
        ("dad's 88, can he come?", [88]),
        ("my kid (12) does gymnastics", [12]),
        ("my twins are 13, they row", [13]),
        ("my back, 10 years of pain", []),
        ("what's 90 minutes", []),
        ("i'm 15 minutes away", []),
        ("i am 16 weeks pregnant", []),
        ("i'm 14st", []),
        ("it is 10% off", []),
        ("it is 10/10", []),
        ("is 7pm ok", []),
        ("is 10:30 ok", []),
        ("i'm 0 and 300 years old", []),
        ("at 14", []),
        ("the pain is 8 out of 10", []),
        ("is 10 am free", []),
    ],
)
def test_ages(text, ages):
    assert [years for years, _, _ in times.ages(text)] == ages


def test_age_is_where_it_stands():
    text = "my son, he's 14, is sore"
    [(_, start, end)] = times.ages(text)
    assert text[start:end] == "he's 14"


@given(st.integers(1, 99), st.sampled_from(["day", "week", "month", "year"]))
def test_number_and_unit_are_multiplied(number, unit):
    days = times.days_ago(f"it was {number} {unit}s ago", TODAY)
    assert days == number * times.UNITS[unit]


@given(st.integers(1, 114), st.sampled_from(["i'm {}", "she is {}", "a {} year old", "{}yo"]))
def test_any_age_is_read(years, saying):
    assert [one for one, _, _ in times.ages(saying.format(years))] == [years]


@given(st.text(max_size=80), st.dates(datetime.date(1950, 1, 1), datetime.date(2100, 1, 1)))
def test_any_text_is_read_without_harm(text, today):
    lowered = text.lower()
    days = times.days_ago(lowered, today)
    assert days is None or days >= 0
    times.is_lasting(lowered)
    for years, start, end in times.ages(lowered):
        assert 0 < years < 115 and 0 <= start < end <= len(lowered)
