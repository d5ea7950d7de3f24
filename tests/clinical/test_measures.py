"""Numbers people measured at home are read, and other numbers are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.clinical.measures import measured, weeks_along
from frontdesk.domain.condition import Measured


@pytest.mark.parametrize(
    "text, reading",
    [
        ("machine at the store read 192/118 today", Measured(systolic=192, diastolic=118)),
        ("bp was 150 over 95", Measured(systolic=150, diastolic=95)),
        ("temp of 38.6 this morning", Measured(celsius=38.6)),
        ("i have a fever of 101", Measured(celsius=38.3)),
        ("proper flu, 39.2 on the thermometer", Measured(celsius=39.2)),
        ("38,5 degrees since yesterday", Measured(celsius=38.5)),
        ("flu, 39.2 at lunchtime", Measured(celsius=39.2)),
    ],
)
def test_reading_is_found(text, reading):
    assert [one for one, _, _ in measured(text)] == [reading]


@pytest.mark.parametrize(
    "text",
    [
        "book me for 12/12/2026",
        "my number is 212-555-0142",
        "it is 39 degrees outside, is there air conditioning?",
        "60/90 minutes?",
        "open 24/7",
        "paid £39.5 last night",
        "ran 38.5 miles",
    ],
)
def test_other_numbers_are_no_reading(text):
    assert list(measured(text)) == []


@pytest.mark.parametrize(
    "text, name",
    [
        ("Machine at CVS read 192/118 today. Still on for 2?", "uncontrolled_hypertension"),
        ("my bp is 150/95 lately", "high_blood_pressure_controlled"),
        ("temp of 38.6 this morning", "fever"),
    ],
)
def test_reading_raises_the_entry_it_reaches(by_words, text, name):
    assert name in {one.id for one in by_words(text).findings}


def test_normal_reading_raises_nothing(by_words):
    assert by_words("bp was 118/76 at the pharmacy").findings == []


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text):
    for reading, start, end in measured(text.lower()):
        assert 0 <= start < end
        assert reading != Measured()


@pytest.mark.parametrize(
    "text, weeks",
    [
        ("I'm 11 weeks, which oils do you use?", [11]),
        ("im only nine weeks gone and nobody knows", [9]),
        ("my wife is 31 weeks, it's a surprise", [31]),
        ("24 weeks along", [24]),
        ("I'm 33+4 weeks today", [33]),
        ("gift for my partner, 33 weeks and anxious about the birth", [33]),
        ("the baby is fine (27 weeks), but my neck", [27]),
        ("headaches since week 16. Midwife isn't worried", [16]),
        ("pregnant, and my back has hurt for 3 weeks", []),
        ("gave birth, 6 weeks now, baby is well", []),
        ("I'm 6 weeks post op", []),
        ("I'm 5 weeks into rehab", []),
        ("she's 9 weeks old", []),
        ("I've had this for 8 weeks", []),
        ("only 6 weeks to go until the race", []),
    ],
)
def test_weeks_of_a_pregnancy(text, weeks):
    assert [one for one, _, _ in weeks_along(text.lower())] == weeks


def test_weeks_of_a_pregnancy_are_a_finding(by_words):
    read = {(one.id, one.assertion.value) for one in by_words("I'm 11 weeks. Is that ok?").findings}
    assert read == {("pregnancy", "present"), ("pregnancy_first_trimester", "present")}
