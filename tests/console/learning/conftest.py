"""A real store with conversations, a copied data folder, and staff of each role."""

import itertools
import json
import shutil
import time

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from frontdesk.console.conversations import store as stores
from frontdesk.console.conversations.models import Message
from frontdesk.console.conversations.reader import read_events
from frontdesk.console.staff.roles import give, make_roles
from frontdesk.database import open_engine
from frontdesk.settings import ROOT

RANKING = [("ask_price", 0.41), ("ask_insurance", 0.3), ("book_appointment", 0.1)]


class Conversations:
    """The assistant's own store, filled as the assistant fills it."""

    def __init__(self, folder):
        stores._open.cache_clear()
        self.engine = open_engine(f"sqlite:///{folder}/conversations.db")
        stores.EVENTS.metadata.create_all(self.engine)
        self.numbers = itertools.count(1)

    def say(self, text, intent="ask_price", confidence=0.41, key="", **parsed):
        """A visitor writes; the number of the event."""
        ranking = [(intent, confidence), *(one for one in RANKING if one[0] != intent)]
        guesses = [{"name": name, "confidence": sure} for name, sure in ranking]
        parse = {"intent": guesses[0], "intent_ranking": guesses, "entities": []} | parsed
        data = {"event": "user", "text": text, "input_channel": "website", "parse_data": parse}
        return self.add(key or f"conversation-{text[:20]}", "user", data)

    def slot(self, key, name, value):
        data = {"event": "slot", "name": name, "value": value}
        return self.add(key, "slot", data, action_name=name)

    def add(self, key, kind, data, **columns):
        number = next(self.numbers)
        row = {"id": number, "sender_id": key, "type_name": kind, "timestamp": time.time()}
        with self.engine.begin() as connection:
            connection.execute(stores.EVENTS.insert(), row | {"data": json.dumps(data)} | columns)
        return number

    def heard(self, text, **parsed):
        """A visitor's message, as the console knows it."""
        number = self.say(text, **parsed)
        while read_events(stores.store()):
            pass
        return Message.objects.get(event=number)


@pytest.fixture
def conversations(db, tmp_path, monkeypatch):
    local = tmp_path / "local"
    local.mkdir()
    monkeypatch.setenv("FRONTDESK_LOCAL", str(local))
    yield Conversations(local)
    stores._open.cache_clear()


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A copy of the data folder beside an empty folder for tests."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "data", folder / "data")
    monkeypatch.setenv("FRONTDESK_DATA", str(folder / "data"))
    return folder


@pytest.fixture
def log_in(db, client):
    """Logs a member of staff in."""
    make_roles()

    def go(role):
        user, _ = User.objects.get_or_create(username=f"a {role}")
        give(user, role)
        client.force_login(user)
        return user

    return go


@pytest.fixture
def receptionist(log_in):
    return log_in("receptionist")


@pytest.fixture
def manager(log_in):
    return log_in("manager")


@pytest.fixture
def export(project, capsys):
    """Runs the command and tells what it said."""

    def go(*more):
        capsys.readouterr()
        call_command("export_training", *more)
        return capsys.readouterr().out

    return go
