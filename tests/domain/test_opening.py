"""Whether the clinic is open, and when it opens next."""

from __future__ import annotations

import dataclasses
import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.domain.clinic import Clinic, Emergency
from frontdesk.domain.opening import next_opening, opening_at

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORKDAY, SHORT, CLOSED = ("09:00", "19:00"), ("10:00", "16:00"), ()
ZONE = ZoneInfo("America/New_York")


def clinic(*week: tuple[str, ...], zone: str = "America/New_York") -> Clinic:
    return Clinic(
        name="Some clinic",
        tagline="",
        phone="",
        phone_link="",
        email="",
        address="",
        time_zone=zone,
        currency="$",
        emergency=Emergency("911", "988", ""),
        hours=dict(zip(DAYS, week, strict=True)),
        prices={},
        facts={},
    )


USUAL = clinic(*[WORKDAY] * 5, SHORT, CLOSED)


def at(text: str, zone: datetime.tzinfo = ZONE) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=zone)


# November 23, 2026 is a Monday
@pytest.mark.parametrize(
    ("now", "closes"),
    [
        ("2026-11-23T08:59:59", None),
        ("2026-11-23T09:00", "2026-11-23T19:00"),
        ("2026-11-23T18:59:59", "2026-11-23T19:00"),
        ("2026-11-23T19:00", None),
        ("2026-11-28T09:30", None),
        ("2026-11-28T15:00", "2026-11-28T16:00"),
        ("2026-11-29T12:00", None),
        ("2026-11-23T00:00", None),
    ],
)
def test_open_from_the_first_minute_until_the_last(now, closes):
    opening = opening_at(USUAL, at(now))
    assert (opening and opening.closes) == (closes and at(closes))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23T07:00", "2026-11-23T09:00"),  # later today
        ("2026-11-23T09:00", "2026-11-24T09:00"),  # open already
        ("2026-11-23T20:00", "2026-11-24T09:00"),
        ("2026-11-27T21:00", "2026-11-28T10:00"),
        ("2026-11-28T17:00", "2026-11-30T09:00"),  # over the closed Sunday
        ("2026-11-29T12:00", "2026-11-30T09:00"),
        ("2026-12-31T23:59", "2027-01-01T09:00"),
    ],
)
def test_opens_next(now, opens):
    assert next_opening(USUAL, at(now)).opens == at(opens)


def test_open_one_day_a_week():
    rarely = clinic(CLOSED, SHORT, *[CLOSED] * 5)
    assert next_opening(rarely, at("2026-11-24T11:00")).opens == at("2026-12-01T10:00")
    assert next_opening(rarely, at("2026-11-24T09:00")).opens == at("2026-11-24T10:00")


def test_never_open():
    never = clinic(*[CLOSED] * 7)
    assert next_opening(never, at("2026-11-24T11:00")) is None
    assert opening_at(never, at("2026-11-24T11:00")) is None


def test_hours_are_those_where_the_clinic_is():
    utc = datetime.timezone.utc
    assert opening_at(USUAL, at("2026-11-23T14:00", utc))  # 9 am in New York
    assert not opening_at(USUAL, at("2026-11-23T13:59", utc))
    # still Saturday in New York, Sunday in Auckland
    assert opening_at(USUAL, at("2026-11-29T09:00", ZoneInfo("Pacific/Auckland")))
    there = dataclasses.replace(USUAL, time_zone="Pacific/Auckland")
    assert not opening_at(there, at("2026-11-29T09:00", ZoneInfo("Pacific/Auckland")))


def test_hours_stay_when_the_clocks_change():
    # clocks go back on Sunday, November 1, 2026
    opening = next_opening(USUAL, at("2026-10-31T17:00"))
    assert opening.opens == at("2026-11-02T09:00")
    assert opening.opens.utcoffset() == datetime.timedelta(hours=-5)


@given(
    st.lists(st.sampled_from([WORKDAY, SHORT, CLOSED]), min_size=7, max_size=7),
    st.datetimes(
        datetime.datetime(2026, 1, 1),
        datetime.datetime(2028, 1, 1),
        timezones=st.just(datetime.timezone.utc),
    ),
)
def test_it_is_open_when_it_opens_and_not_between(week, now):
    one = clinic(*week)
    upcoming = next_opening(one, now)
    if upcoming is None:
        assert not any(week)
        return
    assert opening_at(one, upcoming.opens) == upcoming
    assert now < upcoming.opens < now + datetime.timedelta(days=7, hours=2)
    current = opening_at(one, now)
    begins = current.closes if current else now
    for tenth in range(10):
        between = begins + (upcoming.opens - begins) * tenth / 10
        assert opening_at(one, between) is None
