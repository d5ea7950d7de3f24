"""How a booking is spoken of."""

from __future__ import annotations

import datetime

import pytest

from actions.bookings import clock, spoken, spread, told, zone
from frontdesk.domain.booking import Booking, Kind, Slot, as_reference, new_reference
from frontdesk.domain.errors import SettingError

AT = datetime.datetime(2027, 3, 2, 15, 0, tzinfo=zone())
BOOKING = Booking(
    "HM-7K3QW", Kind.APPOINTMENT, "booked", "swedish", AT, 60, "Maya", "/calendar/x.ics"
)


def test_the_calendar_file_is_linked_under_the_public_address(monkeypatch):
    monkeypatch.setenv("FRONTDESK_PUBLIC_URL", "https://clinic.example/")
    assert told(BOOKING)["calendar"].endswith("(https://clinic.example/calendar/x.ics)")


def test_without_an_https_address_there_is_no_link(monkeypatch):
    monkeypatch.delenv("FRONTDESK_PUBLIC_URL", raising=False)
    assert told(BOOKING)["calendar"] == ""
    monkeypatch.setenv("FRONTDESK_PUBLIC_URL", "http://clinic.example")
    with pytest.raises(SettingError, match="https"):
        told(BOOKING)


def test_times_are_spoken_in_the_clinics_zone():
    assert spoken(AT.astimezone(datetime.timezone.utc)) == "Tuesday, March 2 at 3 pm"
    assert [clock(AT.replace(hour=hour)) for hour in (0, 9, 12)] == ["12 am", "9 am", "noon"]
    assert clock(AT.replace(minute=30)) == "3:30 pm"


def test_free_times_shown_differ():
    free = [
        Slot(AT.replace(hour=9) + n * datetime.timedelta(minutes=30), 60, "") for n in range(80)
    ]
    shown = [one.starts_at for one in spread(free)]
    assert len(shown) == 3
    assert len({(at.date(), at.hour < 12) for at in shown}) == 3


def test_few_free_times_are_all_shown():
    free = [Slot(AT, 60, ""), Slot(AT + datetime.timedelta(minutes=30), 60, "")]
    assert spread(free) == free


@pytest.mark.parametrize("written", ["HM-7K3QW", "hm 7k3qw", "it is HM7K3QW thanks", "hm-7k3qw."])
def test_a_reference_is_read_as_people_write_it(written):
    assert as_reference(written) == "HM-7K3QW"


@pytest.mark.parametrize("text", ["cancel my visit", "HM-1OIL0", "in march please", ""])
def test_other_words_are_no_reference(text):
    assert as_reference(text) == ""


def test_references_can_be_read_out():
    for _ in range(200):
        reference = new_reference("Harbor Massage")
        assert as_reference(reference) == reference
        assert not set(reference[3:]) & set("01OILAEU")
