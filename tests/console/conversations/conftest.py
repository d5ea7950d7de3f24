"""A tracker store as the assistant leaves one behind, and somebody to look at it."""

import json
import time

import pytest
import sqlalchemy as sa

from frontdesk.console.conversations import queue as queues
from frontdesk.console.conversations import store as stores
from frontdesk.console.conversations.watch import read_new
from frontdesk.console.staff.roles import give, make_roles
from frontdesk.domain.condition import Urgency
from frontdesk.domain.handoff import Handoff, Reason
from frontdesk.gateways.handoffs import HandoffTable

ENDPOINTS = "tracker_store:\n  dialect: sqlite\n  db: {path}\n"


class Assistant:
    """Writes events as Rasa does."""

    def __init__(self, folder, website):
        self.path = folder / "conversations.db"
        self.engine = sa.create_engine(f"sqlite:///{self.path}")
        stores.EVENTS.metadata.create_all(self.engine)
        self.handoffs = HandoffTable(website)
        self.now = time.time() - 1000

    def write(self, key, kind, number=None, **data):
        self.now += 1
        row = {
            "sender_id": key,
            "type_name": kind,
            "timestamp": self.now,
            "action_name": data.get("name"),
            "data": json.dumps({"event": kind, **data}),
        }
        if number is not None:
            row["id"] = number
        with self.engine.begin() as connection:
            connection.execute(stores.EVENTS.insert(), row)

    def hear(
        self, key, text, intent="ask_price", confidence=0.95, entities=(), number=None, **more
    ):
        parsed = {
            "intent": {"name": intent, "confidence": confidence},
            "entities": list(entities),
            "intent_ranking": [
                {"name": intent, "confidence": confidence},
                {"name": "greet", "confidence": 0.01},
            ],
            **more,
        }
        self.write(key, "user", number, text=text, parse_data=parsed, input_channel="website")

    def say(self, key, text, **metadata):
        self.write(key, "bot", text=text, metadata=metadata, data={"buttons": None})

    def slot(self, key, name, value):
        self.write(key, "slot", name=name, value=value)

    def hand_over(self, key, reason=Reason.RED_FLAG):
        self.handoffs.add(Handoff(key, reason, Urgency.NONE))


def flag(start=0, end=5, **more):
    return {
        "entity": "red_flag",
        "value": "rf_saddle_numbness",
        "start": start,
        "end": end,
        "assertion": "present",
        "subject": "client",
        **more,
    }


@pytest.fixture
def assistant(tmp_path, monkeypatch, db):
    path = tmp_path / "endpoints.yml"
    path.write_text(ENDPOINTS.format(path=tmp_path / "conversations.db"))
    monkeypatch.setenv("FRONTDESK_ENDPOINTS", str(path))
    website = f"sqlite:///{tmp_path}/website.db"
    monkeypatch.setenv("FRONTDESK_DATABASE_URL", website)
    stores._open.cache_clear()
    queues._open.cache_clear()
    return Assistant(tmp_path, website)


@pytest.fixture
def read():
    """Read all that is new."""

    def everything():
        while read_new():
            pass

    return everything


@pytest.fixture
def employ(django_user_model, db):
    """An account with one role."""
    make_roles()

    def make(name, role):
        user = django_user_model.objects.create_user(name, password="linen oil and lavender")
        give(user, role)
        return user

    return make


@pytest.fixture
def maya(employ, client):
    """A manager, logged in."""
    user = employ("maya", "manager")
    client.force_login(user)
    return user
