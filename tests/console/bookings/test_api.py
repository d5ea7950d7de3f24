"""The booking API: who may use it, what it keeps, and how it says no."""

import datetime
import json

import pytest

from frontdesk.console.bookings import references
from frontdesk.console.bookings.models import Appointment, Claim, Letter, Receipt, StatusChange
from tests.console.bookings.conftest import MONDAY, body, hire, local

pytestmark = pytest.mark.usefixtures("team", "clock")


def test_booking_is_kept_and_told(assistant):
    response = assistant.book()
    assert response.status_code == 201
    told = response.json()
    assert references.tidy(told["reference"]) == told["reference"]
    assert told["reference"].startswith("HM-")
    assert told["calendar"].startswith("/calendar/HM-")
    assert {k: v for k, v in told.items() if k not in ("reference", "calendar")} == {
        "kind": "appointment",
        "status": "booked",
        "treatment": "swedish",
        "starts_at": "2030-05-06T14:30:00-04:00",
        "minutes": 60,
        "therapist": "Maya",
        "is_late": False,
    }
    appointment = Appointment.objects.get()
    assert appointment.ends_at - appointment.starts_at == datetime.timedelta(minutes=60)
    assert Claim.objects.count() == 2 * 5  # an hour and the turnover, of a therapist and a room
    assert [change.event for change in appointment.history.all()] == ["booked"]


def test_time_taken_is_answered_with_the_next(assistant):
    assistant.book()
    response = assistant.book(conversation="b")
    assert response.status_code == 409
    told = response.json()
    assert told["error"] == "slot_taken"
    assert [slot["starts_at"] for slot in told["slots"]] == [
        "2030-05-06T16:00:00-04:00",
        "2030-05-06T16:30:00-04:00",
        "2030-05-06T17:00:00-04:00",
    ]
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    "when",
    [
        local(2030, 5, 12, 12, 0),  # Sunday
        local(2030, 5, 6, 18, 30),  # ends after closing
        local(2030, 5, 6, 14, 45),  # not on the half hour
        local(2030, 5, 6, 14, 30, 7),
        local(2030, 5, 4, 14, 30),  # past
        local(2031, 5, 6, 14, 30),  # too far ahead
    ],
)
def test_time_we_do_not_work_is_answered_with_the_next(assistant, when):
    response = assistant.book(starts_at=when.isoformat())
    assert response.status_code == 409
    assert response.json()["error"] == "not_open"
    assert not Appointment.objects.exists()


def test_same_key_gives_the_same_answer(assistant):
    first = assistant.book(key="k1")
    again = assistant.book(key="k1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Appointment.objects.count() == 1
    other = assistant.book(key="k1", contact_name="Somebody Else")
    assert other.status_code == 422
    assert other.json()["error"] == "key_reused"


def test_key_of_what_failed_may_be_used_again(assistant):
    assistant.book(key="first")
    assert assistant.book(key="k2", conversation="b").status_code == 409
    Appointment.objects.all().delete()
    assert assistant.book(key="k2", conversation="b").status_code == 201


def test_verdict_decides_what_is_kept(assistant):
    refused = assistant.book(verdict="avoid", reasons=["blood_clot"])
    assert (refused.status_code, refused.json()["error"]) == (422, "refused")
    assert not Appointment.objects.exists()
    assert not Receipt.objects.exists()
    told = assistant.book(verdict="clear_first", reasons=["pregnancy"]).json()
    assert (told["kind"], told["status"]) == ("request", "requested")
    assert Appointment.objects.get().reasons == ["pregnancy"]
    assert assistant.book().status_code == 409  # a request holds its time


def test_reference_given_before_is_used_when_free(assistant):
    assert assistant.book(reference="HM-7K3QW").json()["reference"] == "HM-7K3QW"
    later = local(2030, 5, 7, 10, 0).isoformat()
    other = assistant.book(reference="hm 7k3qw", starts_at=later).json()["reference"]
    assert other != "HM-7K3QW"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("treatment", "shiatsu"),
        ("treatment", None),
        ("minutes", 61),
        ("minutes", "60"),
        ("minutes", True),
        ("starts_at", "2030-05-06T15:00:00"),
        ("starts_at", "tomorrow"),
        ("starts_at", "0001-01-01T00:00:00+14:00"),
        ("starts_at", "2030-02-31T00:00:00Z"),
        ("kind", "gift"),
        ("kind", ["appointment"]),
        ("for_whom", "dog"),
        ("contact_name", ""),
        ("contact_name", "a\r\nBcc: x@example.com"),
        ("contact_name", "\ud800"),
        ("contact_name", "x" * 81),
        ("phone", "212 555 0148"),
        ("email", "nobody"),
        ("email", "a@example.com\nBcc: b@example.com"),
        ("verdict", "fine"),
        ("reasons", "none"),
        ("reasons", ["My own words"]),
        ("reasons", [["x"]]),
        ("conversation", ""),
        ("reference", "HM-OOOOO"),
        ("surprise", "x"),
    ],
)
def test_field_that_cannot_be_used_is_named_not_quoted(assistant, field, value):
    response = assistant.book(**{field: value})
    assert response.status_code == 422
    told = response.json()
    assert told["error"] == "invalid"
    assert told["message"].startswith("body" if field == "surprise" else field)
    if isinstance(value, str) and value and field != "surprise":
        assert value not in told["message"]
    assert not Appointment.objects.exists()


def test_someone_without_phone_and_email_is_refused(assistant):
    assert assistant.book(phone="", email="").status_code == 422
    assert assistant.book(phone="").status_code == 201


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong", "Basic x", "Bearer é"])
@pytest.mark.parametrize("path", ["", "/slots", "/find", "/move", "/cancel"])
def test_only_the_assistant_gets_in(client, path, token):
    for call in (client.get, client.post):
        response = call(f"/api/bookings{path}", headers={"Authorization": token} if token else {})
        assert response.status_code == 401
        assert response.json()["error"] == "unauthorized"


def test_wrong_method_is_refused(assistant, client):
    response = client.get("/api/bookings", headers=assistant.headers())
    assert (response.status_code, response["Allow"]) == (405, "POST")


@pytest.mark.parametrize("sent", ["", "[]", "{", "1", "[" * 5000, '{"a": NaN'])
def test_body_that_is_no_object_is_refused(assistant, client, sent):
    response = client.post(
        "/api/bookings", sent, content_type="application/json", headers=assistant.headers()
    )
    assert (response.status_code, response.json()["error"]) == (400, "bad_json")


def test_large_body_is_refused(assistant):
    response = assistant.book(contact_name="x" * 21_000)
    assert (response.status_code, response.json()["error"]) == (413, "too_large")


@pytest.mark.parametrize("key", ["", "x" * 65, "a b", "a\u00e9"])
def test_key_is_required(assistant, client, key):
    headers = assistant.headers() | ({"Idempotency-Key": key} if key else {})
    response = client.post(
        "/api/bookings", json.dumps(body()), content_type="application/json", headers=headers
    )
    assert response.status_code == 422
    assert not Appointment.objects.exists()


def test_no_csrf_token_is_needed():
    from django.test import Client

    from tests.console.bookings.conftest import Assistant

    assert Assistant(Client(enforce_csrf_checks=True)).book().status_code == 201


def test_slots_are_told_with_the_clinics_offset(assistant):
    response = assistant.get(after="2030-05-06T09:00:00-04:00", limit=2)
    assert response.json() == {
        "slots": [
            {"starts_at": "2030-05-06T09:00:00-04:00", "minutes": 60, "therapist": "Maya"},
            {"starts_at": "2030-05-06T09:30:00-04:00", "minutes": 60, "therapist": "Maya"},
        ]
    }
    none = assistant.get(after="2030-05-06T18:00:00 -04:00".replace(" -", "-"), limit=1)
    assert none.json()["slots"][0]["starts_at"].startswith("2030-05-06T18:00")
    for wrong in ({"minutes": "x"}, {"after": "soon"}, {"limit": "-1"}, {"treatment": "x"}):
        assert assistant.get(**wrong).status_code == 422


def test_move_keeps_the_booking_and_frees_the_old_time(assistant):
    told = assistant.book().json()
    new = local(2030, 5, 6, 15, 0)  # overlaps its own old time
    moved = assistant.claim(
        "/move", told["reference"], digits="0177", starts_at=new.isoformat(), key="m1"
    )
    assert moved.status_code == 200
    assert moved.json()["status"] == "moved"
    assert moved.json()["starts_at"] == new.isoformat()
    assert moved.json()["reference"] == told["reference"]
    assert moved.json()["is_late"] is False  # 26.5 hours ahead
    assert Claim.objects.count() == 10
    appointment = Appointment.objects.get()
    assert (appointment.sequence, appointment.starts_at) == (1, new)
    assert [change.event for change in appointment.history.all()] == ["booked", "moved"]
    again = assistant.claim(
        "/move", told["reference"], digits="0177", starts_at=new.isoformat(), key="m1"
    )
    assert again.json() == moved.json()
    free = assistant.get(after=local(2030, 5, 6, 9, 0).isoformat(), limit=30).json()["slots"]
    assert "2030-05-06T13:30:00-04:00" in [slot["starts_at"] for slot in free]


def test_move_to_a_taken_time_changes_nothing(assistant):
    told = assistant.book().json()
    taken = local(2030, 5, 7, 10, 0).isoformat()
    assistant.book(starts_at=taken, conversation="b")
    before = list(Claim.objects.order_by("pk").values_list("pk", "cell"))
    response = assistant.claim("/move", told["reference"], digits="0177", starts_at=taken)
    assert (response.status_code, response.json()["error"]) == (409, "slot_taken")
    assert len(response.json()["slots"]) == 3
    assert list(Claim.objects.order_by("pk").values_list("pk", "cell")) == before
    closed = local(2030, 5, 12, 10, 0).isoformat()
    response = assistant.claim("/move", told["reference"], digits="0177", starts_at=closed)
    assert (response.status_code, response.json()["error"]) == (409, "not_open")


def test_move_keeps_the_therapist_if_possible(assistant):
    from frontdesk.console.bookings.models import Room

    Room.objects.create(name="Harbor room")
    told = assistant.book().json()
    hire("Zoe")
    to = local(2030, 5, 8, 10, 0).isoformat()
    moved = assistant.claim("/move", told["reference"], digits="0177", starts_at=to).json()
    assert moved["therapist"] == told["therapist"] == "Maya"


def test_cancel_gives_the_time_back_and_stays(assistant, clock):
    told = assistant.book().json()
    first = assistant.claim("/cancel", told["reference"], conversation="conversation-1")
    again = assistant.claim("/cancel", told["reference"], conversation="conversation-1")
    assert first.status_code == again.status_code == 200
    assert first.json()["status"] == again.json()["status"] == "cancelled"
    assert not Claim.objects.exists()
    assert StatusChange.objects.filter(event="cancelled").count() == 1
    assert assistant.book(conversation="b").status_code == 201
    moved = assistant.claim("/move", told["reference"], digits="0177", starts_at=MONDAY.isoformat())
    assert moved.status_code == 404


def test_late_is_said(assistant, clock):
    told = assistant.book().json()
    clock.now = MONDAY - datetime.timedelta(hours=23)
    assert assistant.claim("/find", told["reference"], digits="0177").json()["is_late"] is True
    to = local(2030, 5, 8, 10, 0).isoformat()
    moved = assistant.claim("/move", told["reference"], digits="0177", starts_at=to)
    assert moved.json()["is_late"] is True
    assert assistant.claim("/cancel", told["reference"], digits="0177").json()["is_late"] is False


def test_past_booking_is_found_but_not_changed(assistant, clock):
    told = assistant.book().json()
    clock.now = MONDAY + datetime.timedelta(hours=3)
    assert assistant.claim("/find", told["reference"], digits="0177").status_code == 200
    assert assistant.claim("/cancel", told["reference"], digits="0177").status_code == 404
    to = local(2030, 5, 8, 10, 0).isoformat()
    moved = assistant.claim("/move", told["reference"], digits="0177", starts_at=to)
    assert moved.status_code == 404


def test_nothing_about_health_is_told(assistant):
    told = assistant.book(verdict="adapt", reasons=["sunburn"]).json()
    found = assistant.claim("/find", told["reference"], digits="0177")
    for text in (json.dumps(told), found.content.decode()):
        assert "sunburn" not in text
        assert "adapt" not in text
    for letter in Letter.objects.all():
        written = letter.subject + letter.text + letter.html + letter.calendar
        assert "sunburn" not in written
        assert "Robin" not in written
