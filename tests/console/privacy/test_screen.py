"""Erasing and saving from the staff's screen: only by a manager, only when sure, on record."""

import json

import pytest

from frontdesk.console.conversations.models import Conversation
from frontdesk.console.privacy.models import Receipt
from frontdesk.console.staff.models import Look
from frontdesk.console.staff.roles import give, make_roles
from frontdesk.domain.handoff import Reason
from tests.console.conversations.conftest import Assistant, read
from tests.stack import free_port

__all__ = ["read"]


@pytest.fixture
def assistant(tmp_path, monkeypatch, settings, transactional_db):
    from frontdesk.console.conversations import queue, store

    path = tmp_path / "endpoints.yml"
    path.write_text(f"tracker_store:\n  dialect: sqlite\n  db: {tmp_path}/conversations.db\n")
    website = f"sqlite:///{tmp_path}/website.db"
    monkeypatch.setenv("FRONTDESK_ENDPOINTS", str(path))
    monkeypatch.setenv("FRONTDESK_LOCAL", str(tmp_path))
    monkeypatch.setenv("FRONTDESK_DATABASE_URL", website)
    store._open.cache_clear()
    queue._open.cache_clear()
    settings.RASA_URL = f"http://127.0.0.1:{free_port()}"
    return Assistant(tmp_path, website)


@pytest.fixture
def manager(client, django_user_model, transactional_db):
    make_roles()
    user = django_user_model.objects.create_user("maya", password="linen oil and lavender")
    give(user, "manager")
    client.force_login(user)
    return user


@pytest.fixture
def told(assistant, read):
    """Tom gave his number and asked to be forgotten; Robin did not."""
    for key, phone in (("tom", "+12125550143"), ("robin", "+12125550199")):
        assistant.hear(key, "hello there", "greet")
        assistant.slot(key, "contact_phone", phone)
    assistant.hand_over("tom", Reason.ERASURE)
    read()
    return {one.key: one for one in Conversation.objects.all()}


def test_request_waits_on_the_screen_until_it_is_done(client, manager, told):
    page = client.get("/staff/person/").content.decode()
    assert f"/staff/conversations/{told['tom'].pk}/" in page
    sent = {"conversation": told["tom"].pk, "is_sure": "yes"}
    page = client.post("/staff/person/erase/", sent, follow=True).content.decode()
    receipt = Receipt.objects.get()
    assert f"Erased. Receipt {receipt.pk}" in page, receipt.problems
    assert (receipt.by, receipt.conversations) == ("maya", 1)
    assert list(Conversation.objects.values_list("key", flat=True)) == ["robin"]
    assert Look.objects.get(deed="erased").reason == f"receipt {receipt.pk}"


def test_person_is_erased_by_contact(client, manager, told):
    sent = {"contact": "(212) 555-0143", "is_sure": "yes"}
    client.post("/staff/person/erase/", sent)
    assert list(Conversation.objects.values_list("key", flat=True)) == ["robin"]


@pytest.mark.parametrize(
    ("sent", "told_why"),
    [
        ({"contact": "(212) 555-0143"}, "Tick the box"),
        ({"contact": "tom", "is_sure": "yes"}, "Nothing was done"),
        ({"contact": "", "is_sure": "yes"}, "Nothing was done"),
    ],
)
def test_nothing_happens_unasked(client, manager, told, sent, told_why):
    page = client.post("/staff/person/erase/", sent, follow=True).content.decode()
    assert told_why in page
    assert Conversation.objects.count() == 2
    assert not Receipt.objects.exists()


def test_person_is_saved_as_a_file(client, manager, told):
    answer = client.post("/staff/person/save/", {"contact": "212 555 0143"})
    kept = json.loads(answer.content)
    assert "hello there" in answer.content.decode()
    assert "robin" not in json.dumps(kept)
    assert Look.objects.filter(deed="exported").exists()
