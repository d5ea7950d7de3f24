"""A small team, a clock that stands still, and the assistant's way in."""

import datetime
import json
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from frontdesk import settings as frontdesk_settings
from frontdesk.console.bookings.models import Room, Therapist, WorkingHours

ZONE = ZoneInfo("America/New_York")
UTC = datetime.timezone.utc


def local(*when):
    """An instant, told in the clinic's time: local(2030, 5, 6, 14, 30)."""
    return datetime.datetime(*when, tzinfo=ZONE)


MONDAY = local(2030, 5, 6, 14, 30)


class Clock:
    """What time it is."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now.astimezone(UTC)


@pytest.fixture
def clock(monkeypatch):
    """Sunday, May 5, 2030 at noon in New York, until a test says otherwise."""
    standing = Clock(local(2030, 5, 5, 12, 0))
    monkeypatch.setattr(timezone, "now", standing)
    return standing


def hire(name, skills=("swedish", "deep_tissue"), days=range(7), hours=("00:00", "23:45")):
    therapist = Therapist.objects.create(name=name, skills=list(skills))
    starts, ends = map(datetime.time.fromisoformat, hours)
    for day in days:
        WorkingHours.objects.create(therapist=therapist, weekday=day, starts=starts, ends=ends)
    return therapist


@pytest.fixture
def team(db):
    """One therapist, one room: what is taken is taken."""
    Room.objects.create(name="Garden room")
    return hire("Maya")


def body(**given):
    asked = {
        "treatment": "swedish",
        "minutes": 60,
        "starts_at": MONDAY.isoformat(),
        "kind": "appointment",
        "for_whom": "self",
        "client_name": "",
        "contact_name": "Robin Reed",
        "phone": "+12125550177",
        "email": "robin@example.com",
        "verdict": "ok",
        "reasons": [],
        "conversation": "conversation-1",
        "reference": "",
    }
    return asked | given


class Assistant:
    """Calls the API as the assistant does."""

    def __init__(self, client):
        self.client = client

    def get(self, path="/slots", **asked):
        usual = {"treatment": "swedish", "minutes": 60}
        return self.client.get(f"/api/bookings{path}", usual | asked, headers=self.headers())

    def post(self, path, what, key=""):
        headers = self.headers() | {"Idempotency-Key": key or uuid.uuid4().hex}
        return self.client.post(
            f"/api/bookings{path}",
            json.dumps(what),
            content_type="application/json",
            headers=headers,
        )

    def book(self, key="", **given):
        return self.post("", body(**given), key)

    def claim(self, path, reference, digits="", conversation="another", key="", **more):
        asked = {"reference": reference, "digits": digits, "conversation": conversation}
        return self.post(path, asked | more, key)

    def headers(self):
        return {"Authorization": f"Bearer {frontdesk_settings.bookings_token()}"}


@pytest.fixture
def assistant(client):
    return Assistant(client)
