"""Who may open what: every address with no login and with each role, made from the urls."""

import re

import pytest
from django.core.management import call_command
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from frontdesk.console.conversations.models import Conversation
from frontdesk.console.staff.models import Look
from frontdesk.console.staff.roles import ROLES, give, make_roles

PASSWORD = "linen oil and lavender"
OPEN = {"login", "logout"}  # everybody may come to the door


def staff_addresses(patterns=None, prefix=""):
    """Every address under /staff/ but Django's own pages, with its name and view."""
    for one in patterns if patterns is not None else get_resolver().url_patterns:
        place = prefix + str(one.pattern)
        if place.startswith("staff/admin/"):
            continue
        if isinstance(one, URLPattern):
            if place.startswith("staff/"):
                yield "/" + re.sub(r"<[^>]+>", "1", place), one.name, one.callback
        else:
            yield from staff_addresses(one.url_patterns, place)


ADDRESSES = sorted(staff_addresses(), key=lambda one: one[0])
GUARDED = [one for one in ADDRESSES if one[1] not in OPEN]


@pytest.fixture
def log_in(client, django_user_model, db, assistant):
    make_roles()
    now = timezone.now()
    Conversation.objects.create(pk=1, key="one", started_at=now, last_at=now)

    def enter(role):
        user = django_user_model.objects.create_user(role, password=PASSWORD)
        give(user, role)
        client.force_login(user)
        return user

    return enter


@pytest.mark.parametrize(("address", "name", "view"), GUARDED, ids=[one[1] for one in GUARDED])
def test_strangers_are_sent_to_the_door(client, db, address, name, view):
    for method in (client.get, client.post):
        answer = method(address)
        assert answer.status_code == 302, address
        assert answer["Location"].startswith("/staff/login/?next="), address


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("address", "name", "view"), GUARDED, ids=[one[1] for one in GUARDED])
def test_each_role_opens_what_it_may_and_nothing_else(client, log_in, role, address, name, view):
    user = log_in(role)
    asked = getattr(view, "permissions", ())
    if not asked and name not in ("password_change", "second_step", "set_up_second_step"):
        pytest.fail(f"{address} says nothing of who may open it")
    answers = {client.get(address).status_code, client.post(address).status_code}
    may = user.has_perms(asked)
    assert (answers == {403}) is not may, (address, answers)
    assert not answers & {500, 401}


def test_roles_grow(db):
    make_roles()
    assert set(ROLES["reader"]) < set(ROLES["receptionist"]) < set(ROLES["manager"])


def test_page_part_asked_for_without_login_leads_to_the_door(client, db):
    answer = client.get("/staff/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/staff/login/")


def test_forms_without_their_token_are_refused(log_in, client):
    from django.test import Client

    user = log_in("manager")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    for address, name, _ in GUARDED:
        answer = strict.post(address)
        assert answer.status_code in (403, 405), (name, answer.status_code)


@pytest.mark.parametrize(
    "evil", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_login_sends_nobody_elsewhere(client, log_in, evil):
    log_in("manager")
    client.logout()
    given = {"username": "manager", "password": PASSWORD, "next": evil}
    answer = client.post("/staff/login/", given)
    assert answer.status_code == 302
    assert answer["Location"] == "/staff/"


def test_guessing_is_stopped(client, log_in):
    log_in("manager")
    client.logout()
    for _ in range(5):
        client.post("/staff/login/", {"username": "manager", "password": "wrong"})
    answer = client.post("/staff/login/", {"username": "manager", "password": PASSWORD})
    assert answer.status_code == 429
    assert "too many wrong passwords" in answer.content.decode()
    assert client.get("/staff/").status_code == 302


def test_login_nobody_uses_ends(client, log_in, settings, monkeypatch):
    from frontdesk.console.staff import door

    log_in("manager")
    assert client.get("/staff/").status_code == 200
    polled = {"HX-Request": "true", "HX-Polling": "1"}
    now = door.time.time()
    monkeypatch.setattr(door.time, "time", lambda: now + settings.IDLE_MINUTES * 60 - 5)
    assert client.get("/staff/", headers=polled).status_code == 200
    monkeypatch.setattr(door.time, "time", lambda: now + settings.IDLE_MINUTES * 60 + 5)
    assert client.get("/staff/", headers=polled).status_code == 401


def test_second_step_is_asked_for(client, log_in):
    from django_otp.oath import totp
    from django_otp.plugins.otp_totp.models import TOTPDevice

    user = log_in("manager")
    page = client.get("/staff/second-step/set-up/")
    assert "<svg" in page.content.decode()
    device = TOTPDevice.objects.get(user=user)
    assert not device.confirmed
    wrong = client.post("/staff/second-step/set-up/", {"code": "000000"})
    assert "not right" in wrong.content.decode()
    TOTPDevice.objects.update(throttling_failure_count=0)
    code = f"{totp(device.bin_key):06}"
    assert client.post("/staff/second-step/set-up/", {"code": code}).status_code == 302

    client.logout()
    client.force_login(user)
    for address in ("/staff/", "/staff/admin/", "/staff/audit/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/staff/second-step/?next=")
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0)
    answer = client.post("/staff/second-step/?next=//evil.example", {"code": code})
    assert (answer.status_code, answer["Location"]) == (302, "/staff/")
    assert client.get("/staff/").status_code == 200


def test_account_is_made_with_a_password_that_holds(monkeypatch, db, django_user_model):
    import io

    from django.core.management.base import CommandError

    monkeypatch.setattr("sys.stdin", io.StringIO("12345\n"))
    with pytest.raises(CommandError, match="password"):
        call_command("staff", "maya")
    assert not django_user_model.objects.exists()
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    call_command("staff", "maya", "--role", "reader")
    user = django_user_model.objects.get()
    assert user.check_password(PASSWORD)
    assert user.has_perm("conversations.view_conversation")
    assert not user.has_perm("staff.reveal_personal")
    assert not user.is_staff


def test_there_is_no_account_to_begin_with(db, django_user_model):
    assert not django_user_model.objects.exists()


def test_record_shows_who_looked(client, log_in):
    user = log_in("manager")
    Look.objects.create(who="rex", user=user, deed="revealed", conversation=7, reason="<b>why</b>")
    text = client.get("/staff/audit/", {"who": "rex", "conversation": "7"}).content.decode()
    assert "&lt;b&gt;why" in text
    assert "Nothing so far" in client.get("/staff/audit/", {"who": "other"}).content.decode()


def test_headers_protect_the_pages(client, log_in):
    log_in("manager")
    page = client.get("/staff/")
    policy = page["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    text = page.content.decode()
    assert " onclick=" not in text
    assert "<script>" not in text
    assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


def test_deployment_check_is_clean(monkeypatch, tmp_path):
    """`manage.py check --deploy` behind TLS finds nothing to say."""
    import os
    import subprocess
    import sys

    from frontdesk.settings import ROOT

    env = os.environ | {
        "FRONTDESK_HTTPS": "1",
        "FRONTDESK_HOSTS": "clinic.example.com",
        "FRONTDESK_PUBLIC_URL": "https://clinic.example.com",
        "FRONTDESK_LOCAL": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=env,
        cwd=ROOT,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()
