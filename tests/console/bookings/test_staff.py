"""Staff see and decide; the sample team, reminders and the start."""

import datetime
import json
import sqlite3
import subprocess
import sys
import time
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from frontdesk import settings
from frontdesk.console.bookings.models import Appointment, Claim, Letter, Room, Therapist
from frontdesk.settings import ROOT
from tests.console.bookings.conftest import MONDAY, body, hire
from tests.stack import free_port

PAGES = ("appointment", "therapist", "room", "closure", "statuschange", "letter")


@pytest.fixture
def staff(clock, admin_client):  # logged in by this clock, not by another
    return admin_client


@pytest.mark.parametrize("name", PAGES)
def test_pages_open(staff, team, clock, assistant, name):
    assistant.book()
    listed = staff.get(reverse(f"admin:bookings_{name}_changelist"))
    assert listed.status_code == 200
    assert "script-src 'self'" in listed["Content-Security-Policy"]
    model = {"appointment": Appointment, "therapist": Therapist}.get(name)
    if model:
        one = reverse(f"admin:bookings_{name}_change", args=[model.objects.get().pk])
        assert staff.get(one).status_code == 200


def test_pages_hold_no_script_of_their_own(staff, team):
    for address in ("/staff/admin/", reverse("admin:bookings_therapist_add")):
        page = staff.get(address).content.decode()
        assert "<script>" not in page
        assert " onclick=" not in page


def test_strangers_are_sent_to_the_door(client, db):
    response = client.get("/staff/admin/bookings/appointment/")
    assert response.status_code == 302
    door = client.get(response["Location"])
    assert (door.status_code, door["Location"].startswith("/staff/login/?next=")) == (302, True)


def test_history_cannot_be_changed(staff, team, clock, assistant):
    assistant.book()
    change = Appointment.objects.get().history.get()
    for what in ("add", "delete"):
        args = [] if what == "add" else [change.pk]
        address = reverse(f"admin:bookings_statuschange_{what}", args=args)
        assert staff.get(address).status_code == 403
    address = reverse("admin:bookings_statuschange_change", args=[change.pk])
    assert staff.post(address, {"event": "moved"}).status_code == 403
    assert staff.get(reverse("admin:bookings_appointment_add")).status_code == 403


@pytest.mark.parametrize(
    ("action", "status", "claims"),
    [("confirm", "booked", 10), ("decline", "declined", 0), ("call_off", "cancelled", 0)],
)
def test_staff_decide_about_a_request(staff, team, clock, assistant, action, status, claims):
    assistant.book(kind="request")
    chosen = {"action": action, "_selected_action": [Appointment.objects.get().pk]}
    staff.post(reverse("admin:bookings_appointment_changelist"), chosen)
    assert Appointment.objects.get().status == status
    assert Claim.objects.count() == claims


def test_therapist_is_added_with_skills_and_hours(staff, db):
    given = {
        "name": "Ada",
        "is_active": "on",
        "skills": ["swedish", "sports"],
        "hours-TOTAL_FORMS": "1",
        "hours-INITIAL_FORMS": "0",
        "hours-0-weekday": "0",
        "hours-0-starts": "09:00",
        "hours-0-ends": "17:00",
    }
    address = reverse("admin:bookings_therapist_add")
    assert staff.post(address, given | {"skills": ["shiatsu"]}).status_code == 200
    assert staff.post(address, given | {"hours-0-starts": "09:05"}).status_code == 200
    assert not Therapist.objects.exists()
    assert staff.post(address, given).status_code == 302
    assert Therapist.objects.get().skills == ["swedish", "sports"]


def test_closure_says_who_is_booked_then(staff, team, clock, assistant):
    assistant.book()
    given = {"first_day": "2030-05-06", "last_day": "2030-05-06", "note": ""}
    page = staff.post(reverse("admin:bookings_closure_add"), given, follow=True)
    assert "1 appointment is on these days" in page.content.decode()
    wrong = given | {"last_day": "2030-05-01"}
    assert staff.post(reverse("admin:bookings_closure_add"), wrong).status_code == 200


def test_reminder_is_written_once(team, clock, assistant):
    told = assistant.book().json()
    Letter.objects.all().delete()
    call_command("remind")
    assert Letter.objects.count() == 1  # 26.5 hours ahead
    call_command("remind")
    assert Letter.objects.count() == 1
    assert told["reference"] in Letter.objects.get().subject


def test_reminder_only_a_day_ahead_and_only_for_what_is_booked(team, clock, assistant):
    assistant.book(kind="request")
    assistant.book(starts_at=(MONDAY + datetime.timedelta(days=2)).isoformat(), conversation="b")
    Letter.objects.all().delete()
    call_command("remind")
    assert not Letter.objects.exists()
    clock.now += datetime.timedelta(days=2)
    call_command("remind")
    assert Letter.objects.count() == 1


def test_sample_is_put_in_once_and_changes_nothing(db, capsys):
    call_command("seed")
    Therapist.objects.filter(name="Maya").update(skills=["sports"])
    call_command("seed")
    assert capsys.readouterr().out == "4 therapists added\n0 therapists added\n"
    assert (Therapist.objects.count(), Room.objects.count()) == (4, 3)
    assert Therapist.objects.get(name="Maya").skills == ["sports"]
    hire("Extra")
    call_command("seed")
    assert Therapist.objects.count() == 5


def letters_in(folder):
    """How many e-mails were written as files; those of one second may share a file."""
    return sum(file.read_text().count("\nSubject: ") for file in folder.glob("*"))


def test_serve_makes_the_tables_and_the_team_and_sends(tmp_path, monkeypatch):
    port = free_port()
    monkeypatch.setenv("FRONTDESK_SECRET_KEY", "a key for tests, long enough to be one")
    monkeypatch.setenv("FRONTDESK_LOCAL", str(tmp_path))
    monkeypatch.setenv("CONSOLE_PORT", str(port))
    token = settings.bookings_token()
    site = f"http://127.0.0.1:{port}"
    ask = build_opener(ProxyHandler({})).open
    head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    with subprocess.Popen(
        [sys.executable, "manage.py", "serve"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as console:
        try:
            assert console.stdout.readline() == f"Clinic page: {site}/\n"
            # far enough ahead that no reminder is due as well
            after = (timezone.now() + datetime.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
            asked = f"treatment=swedish&minutes=60&limit=1&after={after}"
            free = f"{site}/api/bookings/slots?{asked}"
            with ask(Request(free, headers=head)) as response:
                (slot,) = json.load(response)["slots"]
            sent = json.dumps(body(starts_at=slot["starts_at"])).encode()
            keyed = head | {"Idempotency-Key": "k"}
            with ask(Request(f"{site}/api/bookings", sent, keyed)) as response:
                assert response.status == 201
            ends = time.monotonic() + 20
            while time.monotonic() < ends and letters_in(tmp_path / "mail") < 2:
                time.sleep(0.2)
            assert letters_in(tmp_path / "mail") == 2
        finally:
            console.terminate()
            console.wait(timeout=10)
    with sqlite3.connect(tmp_path / "console.db") as database:
        assert database.execute("SELECT COUNT(*) FROM bookings_therapist").fetchone() == (4,)
