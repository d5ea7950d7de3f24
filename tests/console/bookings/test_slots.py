"""Free times: real ones only, on every day of the year."""

import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.console.bookings import cells, claims, selectors
from frontdesk.console.bookings.models import Closure, Room, Therapist
from tests.console.bookings.conftest import ZONE, hire, local

DAY = datetime.timedelta(days=1)


def times(first, last=None, minutes=60, limit=500, treatment="swedish"):
    """The free times from the first to the last day, as day and clock."""
    last = last or first
    end = (last + DAY).replace(hour=0, minute=0)
    found = selectors.free_slots(treatment, minutes, first, end, limit)
    return [f"{slot.starts_at:%a %H:%M}" for slot in found]


@pytest.fixture(autouse=True)
def standing(clock):
    """The clock stands still in every test here."""


def test_day_is_filled_to_closing_time(team):
    found = times(local(2030, 5, 6))
    assert (found[0], found[-1], len(found)) == ("Mon 09:00", "Mon 18:00", 19)
    assert times(local(2030, 5, 9))[-1] == "Thu 19:30"
    assert times(local(2030, 5, 11)) == [
        f"Sat {h}:{m}" for h in range(10, 15) for m in ("00", "30")
    ] + ["Sat 15:00"]
    assert times(local(2030, 5, 12)) == []
    assert times(local(2030, 5, 6), minutes=75)[-1] == "Mon 17:30"


def test_nothing_in_the_past_nor_within_two_hours(team, clock):
    clock.now = local(2030, 5, 6, 11, 1)
    assert times(local(2030, 5, 6))[0] == "Mon 13:30"


def test_what_is_asked_between_is_kept(team):
    found = selectors.free_slots(
        "swedish", 60, local(2030, 5, 6, 14, 10), local(2030, 5, 6, 15, 30), 9
    )
    assert [slot.starts_at for slot in found] == [
        local(2030, 5, 6, 14, 30),
        local(2030, 5, 6, 15, 0),
    ]
    assert selectors.free_slots("swedish", 60, local(2030, 5, 7), local(2030, 5, 6), 9) == []


def test_turnover_is_kept_free_between_two(team, assistant, settings):
    assistant.book()  # Monday 14:30 to 15:30
    found = times(local(2030, 5, 6))
    assert "Mon 13:00" in found
    assert "Mon 13:30" not in found  # would need the quarter hour from 14:30
    assert "Mon 15:30" not in found
    assert "Mon 16:00" in found
    settings.TURNOVER_MINUTES = 0
    assert "Mon 13:30" in times(local(2030, 5, 6))


def test_back_to_back_without_turnover(team, assistant, settings):
    settings.TURNOVER_MINUTES = 0
    assistant.book()
    found = times(local(2030, 5, 6))
    assert {"Mon 13:30", "Mon 15:30"} <= set(found)
    assert not {"Mon 14:00", "Mon 14:30", "Mon 15:00"} & set(found)


def test_therapists_hours_and_skills_count(db):
    Room.objects.create(name="Garden room")
    hire("Maya", skills=["swedish"], days=[0], hours=("11:15", "13:00"))
    hire("Noah", skills=["sports"])
    assert times(local(2030, 5, 6), local(2030, 5, 10)) == ["Mon 11:30", "Mon 12:00"]
    Therapist.objects.filter(name="Maya").update(is_active=False)
    assert times(local(2030, 5, 6), local(2030, 5, 10)) == []


def test_rooms_may_be_short(team, assistant):
    hire("Noah")
    assistant.book()
    assert "Mon 14:30" not in times(local(2030, 5, 6))
    Room.objects.create(name="Harbor room")
    assert "Mon 14:30" in times(local(2030, 5, 6))
    assert assistant.book(conversation="b").json()["therapist"] == "Noah"
    assert "Mon 14:30" not in times(local(2030, 5, 6))


def test_one_room_must_be_free_all_the_time(team, assistant, settings):
    settings.TURNOVER_MINUTES = 0
    Room.objects.create(name="Harbor room")
    for name in ("Noah", "Zoe"):
        hire(name)
    # two rooms, one taken before 14:30 and one after: no 60 minutes from 14:00 in one room
    for start, other in (((13, 30), "a"), ((13, 30), "b"), ((15, 0), "c")):
        assistant.book(starts_at=local(2030, 5, 6, *start).isoformat(), conversation=other)
    found = times(local(2030, 5, 6), minutes=60)
    assert "Mon 14:00" not in found
    assert "Mon 14:30" in found


def test_closures_take_whole_days_away(team):
    noah = hire("Noah", skills=["sports"])
    Closure.objects.create(first_day=datetime.date(2030, 5, 6), last_day=datetime.date(2030, 5, 7))
    Closure.objects.create(
        therapist=noah, first_day=datetime.date(2030, 5, 8), last_day=datetime.date(2030, 5, 8)
    )
    assert times(local(2030, 5, 6), local(2030, 5, 8))[0] == "Wed 09:00"
    found = times(local(2030, 5, 6), local(2030, 5, 9), treatment="sports")
    assert found[0] == "Thu 09:00"


@pytest.mark.parametrize(("sunday", "offset"), [(local(2031, 3, 9), -4), (local(2030, 11, 3), -5)])
def test_days_on_which_the_clock_changes(db, data, clock, sunday, offset):
    data.replace("clinic/clinic.yml", "Sunday: []", 'Sunday: ["00:00", "12:00"]')
    clock.now = sunday - 2 * DAY
    Room.objects.create(name="Garden room")
    hire("Maya")
    end = (sunday + DAY).replace(hour=0)
    found = selectors.free_slots("swedish", 60, sunday.replace(hour=0), end, 100)
    assert found[-1].starts_at == sunday.replace(hour=11)
    assert found[-1].starts_at.utcoffset() == datetime.timedelta(hours=offset)
    # twelve hours by the clock are eleven or thirteen
    hours = 11 if offset == -4 else 13
    assert len(found) == 2 * (hours - 1) + 1
    assert len({slot.starts_at.timestamp() for slot in found}) == len(found)
    assert all(slot.starts_at.minute in (0, 30) for slot in found)


@pytest.mark.parametrize("name", ["Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns"])
def test_odd_time_zones_start_on_the_half_hour_too(db, data, clock, name):
    data.replace("clinic/clinic.yml", "America/New_York", name)
    Room.objects.create(name="Garden room")
    hire("Maya")
    found = selectors.free_slots("swedish", 60, clock(), clock() + 175 * DAY, 2000)
    assert len(found) > 1000
    assert all(slot.starts_at.minute in (0, 30) for slot in found)
    assert all(9 <= slot.starts_at.hour < 20 for slot in found)


def test_nobody_works_and_no_room(db):
    assert times(local(2030, 5, 6)) == []
    hire("Maya")
    assert times(local(2030, 5, 6)) == []


def test_every_slot_offered_can_be_booked_and_no_other(team, assistant):
    hire("Noah")
    Room.objects.create(name="Harbor room")
    chance = random.Random(7)
    for number in range(40):
        starts_at = local(2030, 5, 6, 9) + datetime.timedelta(minutes=30 * chance.randrange(100))
        assistant.book(
            starts_at=starts_at.isoformat(),
            minutes=chance.choice([30, 60, 75, 90]),
            conversation=f"c{number}",
        )
    first = local(2030, 5, 6)
    offered = {
        slot.starts_at.timestamp()
        for slot in selectors.free_slots("swedish", 75, first, first + 3 * DAY, 500)
    }
    for number in range(3 * 48):
        at = first + number * datetime.timedelta(minutes=30)
        try:
            claims.check("swedish", 75, at)
        except Exception:
            assert at.timestamp() not in offered
        else:
            assert at.timestamp() in offered


@given(st.integers(0, 2**80), st.integers(1, 12))
def test_runs_of_bits(bits, length):
    found = set(cells.each(cells.runs(bits, length)))
    for start in range(81):
        is_free = all(bits >> (start + step) & 1 for step in range(length))
        assert (start in found) == is_free


@given(st.datetimes(datetime.datetime(2025, 1, 1), datetime.datetime(2040, 1, 1)))
def test_cell_and_instant_agree(when):
    instant = when.replace(tzinfo=ZONE)
    cell = cells.cell_of(instant)
    assert cells.instant_of(cell, ZONE) <= instant < cells.instant_of(cell + 1, ZONE)
