"""When somebody wants to come."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.clinical.clinic import load_clinic
from frontdesk.clinical.moments import IMPOSSIBLE, PAST, load_times
from tests.clinical.conftest import DATA

CLINIC = load_clinic(DATA)
ZONE = ZoneInfo(CLINIC.time_zone)
NOW = datetime.datetime(2026, 5, 13, 10, 0, tzinfo=ZONE)  # a Wednesday
TIMES = load_times(DATA, CLINIC)

PIECES = (
    "next this last friday sat tmrw arvo after work before between and to from at 5 12 25 99 3am"
    " 5:75 14:30 half past quarter noon midnight feb 29 30 31st 2nd 13/5 2026-02-30 9999-12-31"
    " in days weeks 1000000 99999999999 ago since weekend month - , @ the of or \u0663"
)


def read(text, now=NOW):
    return TIMES.read(text, now)


def said(text, now=NOW):
    """The moments as "05-15 17:00" or "05-15 12:00 05-15 17:00", without the year."""
    spans = [(one.at, one.until) for one in read(text, now).moments]
    return [" ".join(f"{end:%m-%d %H:%M}" for end in span if end) for span in spans]


@pytest.mark.parametrize(
    "text, moment",
    [
        ("friday at 5", "05-15 17:00"),
        ("next friday at 5", "05-22 17:00"),
        ("a week on friday at 5", "05-22 17:00"),
        ("friday week at 5", "05-22 17:00"),
        ("mon at 11", "05-18 11:00"),
        ("sat 11", "05-16 11:00"),
        ("tomorrow 11", "05-14 11:00"),
        ("tomorrow, 11?", "05-14 11:00"),
        ("11 tomorrow", "05-14 11:00"),
        ("11:30 tomorrow please", "05-14 11:30"),
        ("by 5 on friday", "05-15 17:00"),
        ("by 5 friday", "05-15 17:00"),
        ("at 5 friday please", "05-15 17:00"),
        ("3 on saturday would be great", "05-16 15:00"),
        ("tonight 7", "05-13 19:00"),
        ("this evening 7 please", "05-13 19:00"),
        ("wednesday at 3", "05-13 15:00"),
        ("tomorrow at noon", "05-14 12:00"),
        ("tmrw 3pm", "05-14 15:00"),
        ("the day after tomorrow at 4", "05-15 16:00"),
        ("in two weeks at 9", "05-27 09:00"),
        ("tomorrow at 3 am", "05-14 03:00"),
        ("friday half past 4", "05-15 16:30"),
        ("quarter to 5 tomorrow", "05-14 16:45"),
        ("friday at 5ish", "05-15 17:00"),
        ("eleven o'clock in the morning tomorrow", "05-14 11:00"),
        ("friday, may 22 at 3pm", "05-22 15:00"),
        ("Friday the 22nd at 3", "05-22 15:00"),
        ("5/14 at 4", "05-14 16:00"),
        ("2026-05-20 14:00", "05-20 14:00"),
        ("on the 22nd at 2pm", "05-22 14:00"),
        ("the 3rd at 2", "06-03 14:00"),
        ("14th of may at 3:30", "05-14 15:30"),
    ],
)
def test_day_and_clock_are_an_instant(text, moment):
    assert said(text) == [moment]
    assert all(one.has_day and one.has_clock for one in read(text).moments)


@pytest.mark.parametrize(
    "text",
    [
        "60 minutes tomorrow",
        "tomorrow 60 minutes",
        "two of us on friday",
        "friday 2 of us",
        "have you got one tomorrow?",
        "a 90 on friday",
    ],
)
def test_number_beside_a_day_that_is_no_time(text):
    assert all(not one.has_clock for one in read(text).moments)


@pytest.mark.parametrize(
    "text, moment",
    [
        ("tomorrow arvo", "05-14 12:00 05-14 17:00"),
        ("friday after work", "05-15 17:00 05-15 22:00"),
        ("tonight", "05-13 17:00 05-13 22:00"),
        ("between 2 and 4 on friday", "05-15 14:00 05-15 16:00"),
        ("friday from 10 to 12", "05-15 10:00 05-15 12:00"),
        ("friday 2-4pm", "05-15 14:00 05-15 16:00"),
        ("friday 11-1pm", "05-15 11:00 05-15 13:00"),
        ("friday between 5 and 3", "05-15 15:00 05-15 17:00"),
        ("any time after 5pm friday", "05-15 17:00 05-15 23:59"),
        ("before 10 tomorrow", "05-14 00:00 05-14 10:00"),
        ("this week", "05-13 00:00 05-17 23:59"),
        ("next week", "05-18 00:00 05-24 23:59"),
        ("the weekend", "05-16 00:00 05-17 23:59"),
        ("next weekend", "05-23 00:00 05-24 23:59"),
        ("next month", "06-01 00:00 06-30 23:59"),
    ],
)
def test_range_is_from_and_until(text, moment):
    assert said(text) == [moment]


def test_day_alone_has_no_clock():
    (friday,) = read("friday").moments
    assert (friday.has_day, friday.has_clock) == (True, False)
    assert friday.as_text() == "2026-05-15T00:00-04:00/2026-05-15T23:59-04:00"


def test_clock_alone_has_no_day_and_is_the_next_such():
    (noon,) = read("at noon").moments
    assert (noon.has_day, noon.at) == (False, NOW.replace(hour=12))
    assert said("9am") == ["05-14 09:00"]
    assert said("after work", NOW.replace(hour=23)) == ["05-14 17:00 05-14 22:00"]


def test_several_days_are_all_told():
    assert said("mon or tues at 3") == ["05-18 15:00", "05-19 15:00"]
    assert said("the 22nd or the 23rd at 2pm") == ["05-22 14:00", "05-23 14:00"]
    assert said("friday, may 15 at 3") == ["05-15 15:00"]


@pytest.mark.parametrize(
    "text", ["feb 30", "June 31st at 4pm", "13/5", "2026-02-30", "february 29 2027", "the 32nd"]
)
def test_day_that_is_none_is_impossible(text):
    assert read(text).problem == IMPOSSIBLE
    assert not read(text).moments


@pytest.mark.parametrize("text", ["friday at 25:00", "tomorrow 5:75pm", "31pm", "friday at 99:00"])
def test_clock_that_is_none_is_impossible(text):
    assert read(text).problem == IMPOSSIBLE
    assert not read(text).moments


def test_leap_day_is_the_next_one():
    assert [one.at.year for one in read("feb 29 at 2").moments] == [2028]
    assert said("feb 29 at 2") == ["02-29 14:00"]


@pytest.mark.parametrize(
    "text",
    [
        "last week",
        "yesterday",
        "last friday",
        "friday last week",
        "two weeks ago",
        "today at 9",
        "may 10 2026",
        "this morning at 8am",
    ],
)
def test_what_is_over_is_past(text):
    assert read(text).problem == PAST
    assert not read(text).moments


def test_what_is_over_beside_a_wish_is_ignored():
    assert said("it hurt last week, can I come tomorrow at 4?") == ["05-14 16:00"]
    assert said("sore since monday, can I come tomorrow at 4?") == ["05-14 16:00"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "sciatica for 3 weeks",
        "book 60 min",
        "a 90 minute massage",
        "212 555 0142",
        "call me on (212) 555-0142",
        "I am about 60",
        "for 2 people",
        "I may come",
        "12 weeks",
        "it is my 1st massage",
        "I'm in my 2nd trimester",
        "on 48th street",
        "sore since monday",
        "8 on a scale of 1 to 10",
        "8 on a scale from 1 to 10",
    ],
)
def test_what_is_no_time_is_none(text):
    assert read(text).moments == ()
    assert read(text).problem == ""


@pytest.mark.parametrize(
    "text, offsets",
    [
        ("march 14 2027", (-5, -4)),  # an hour is left out
        ("november 7 2027", (-4, -5)),  # an hour comes twice
        ("march 15 2027", (-4, -4)),
    ],
)
def test_day_of_a_clock_change_keeps_its_offsets(text, offsets):
    (day,) = read(text).moments
    told = [end.utcoffset() / datetime.timedelta(hours=1) for end in (day.at, day.until)]
    assert tuple(told) == offsets


def test_clock_on_the_day_of_a_change_is_local():
    (early,) = read("march 14 2027 at noon").moments
    assert early.as_text() == "2027-03-14T12:00-04:00"


def test_now_in_another_zone_is_the_same_moment():
    assert read("tomorrow at 4", NOW.astimezone(datetime.timezone.utc)) == read("tomorrow at 4")


@given(
    st.one_of(
        st.text(max_size=60), st.lists(st.sampled_from(PIECES.split()), max_size=8).map(" ".join)
    )
)
def test_no_text_raises_and_every_moment_is_ahead(text):
    when = read(text)
    assert when.problem in ("", PAST, IMPOSSIBLE)
    for one in when.moments:
        assert (one.until or one.at) > NOW
        assert one.until is None or one.at <= one.until
        assert one.as_text()
