"""Every store of the product in one folder or one PostgreSQL database, with two people in it."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

from frontdesk.channels.transcript import Entry, Offer, Transcript
from frontdesk.components.conversations import Conversations
from frontdesk.database import open_engine
from frontdesk.domain.condition import Urgency
from frontdesk.domain.handoff import Handoff, Reason
from frontdesk.gateways.handoffs import HandoffTable
from frontdesk.gateways.outbox import Outbox
from frontdesk.settings import ROOT

TOM, ROBIN = "tom" + "0" * 29, "robin" + "0" * 27
TOMS = ("Tom Al-Becker", "tom.becker@example.org", "2125550143", "zorblatt", "555-0143")
ROBINS = ("Robin Reed", "robin@example.org", "2125550177")
DOMAIN = Domain.from_yaml(
    """
intents: [greet, inform]
entities: [person_name, email, phone_number]
slots:
  contact_phone: {type: any, mappings: [{type: custom}]}
  contact_email: {type: any, mappings: [{type: custom}]}
"""
)
BOOK = """
import django, json, datetime, sys
django.setup()
from django.utils import timezone
from frontdesk.console.bookings import outbox, selectors, services
from frontdesk.console.bookings.models import Appointment
from frontdesk.console.bookings.starting import prepare
from frontdesk.console.conversations import reader
from frontdesk.console.conversations.models import Conversation, Note
from frontdesk.console.conversations.queue import queue
from frontdesk.console.conversations.store import store
from frontdesk.console.staff.models import Look
from frontdesk.domain.booking import ForWhom, Kind, Wish
from frontdesk.domain.condition import Verdict
prepare()
reader.read_events(store()), reader.read_handoffs(queue())
now = timezone.now()
begin, end = now + datetime.timedelta(days=3), now + datetime.timedelta(days=30)
made = []
for name, phone, email, conversation in json.loads(%r):
    slot = selectors.free_slots("swedish", 60, begin, end, 1)[0]
    wish = Wish("swedish", 60, slot.starts_at, Kind.APPOINTMENT, ForWhom.SELF, name, phone, email,
                Verdict.OK, (), conversation)
    made.append(services.book(wish, f"key-{name}").answer["reference"])
    row = Conversation.objects.get(key=conversation)
    Note.objects.create(conversation=row, text=f"{name} rang, zorblatt" if "Tom" in name else name)
    Look.objects.create(who="sam", deed="revealed", conversation=row.pk, reason=f"{name} asked")
outbox.send_due()
if %r:
    Appointment.objects.update(
        starts_at=now - datetime.timedelta(days=2), ends_at=now - datetime.timedelta(days=2)
    )
print(json.dumps(made))
"""


class House:
    """Where everything is, and the commands that work on it."""

    def __init__(self, folder: Path, postgres: str = "") -> None:
        self.folder, self.postgres = folder, postgres
        self.website = postgres or f"sqlite:///{folder}/website.db"
        self.env = os.environ | {
            "FRONTDESK_LOCAL": str(folder),
            "FRONTDESK_SECRET_KEY": "a key for tests, long enough to be one",
            "DJANGO_SETTINGS_MODULE": "frontdesk.console.settings",
            "PYTHONPATH": str(ROOT),
        }
        if postgres:
            self.env |= {
                "FRONTDESK_CONSOLE_DATABASE_URL": postgres,
                "FRONTDESK_DATABASE_URL": postgres,
                "FRONTDESK_ENDPOINTS": str(self._endpoints()),
            }

    def _endpoints(self) -> Path:
        parts = urlsplit(self.postgres)
        named = {
            "dialect": "postgresql",
            "url": parts.hostname,
            "port": parts.port or 5432,
            "db": parts.path.lstrip("/"),
            "username": parts.username,
            "password": parts.password,
        }
        path = self.folder / "endpoints.yml"
        path.write_text(json.dumps({"tracker_store": {k: v for k, v in named.items() if v}}))
        return path

    def tracker(self) -> Conversations:
        if not self.postgres:
            return Conversations(DOMAIN, dialect="sqlite", db=str(self.folder / "conversations.db"))
        parts = urlsplit(self.postgres)
        return Conversations(
            DOMAIN,
            dialect="postgresql",
            host=parts.hostname,
            port=parts.port,
            db=parts.path.lstrip("/"),
            username=parts.username,
            password=parts.password,
        )

    def say(self, key: str, *events: object) -> None:
        """Put events into a conversation, as the assistant does."""
        store = self.tracker()
        tracker = asyncio.run(store.get_or_create_tracker(key, append_action_listen=False))
        for event in events:
            tracker.update(event, DOMAIN)
        asyncio.run(store.save(tracker))
        store.engine.dispose()

    def fill(self, *, past: bool = True, at: float | None = None) -> list[str]:
        """Two people who wrote and booked; the references of their bookings."""
        when = time.time() if at is None else at
        people = [
            ("Tom Al-Becker", "+12125550143", "tom.becker@example.org", TOM),
            ("Robin Reed", "+12125550177", "robin@example.org", ROBIN),
        ]
        for number, person in enumerate(people):
            self._talk(*person, when + number)
        code = BOOK % (json.dumps(people), past)
        return list(self.run(code))

    def _talk(self, name: str, phone: str, email: str, key: str, when: float) -> None:
        text = f"{name} zorblatt {phone} {email}"
        found = [
            {"entity": "person_name", "value": name, "start": 0, "end": len(name)},
            {"entity": "phone_number", "value": phone},
            {"entity": "email", "value": email},
        ]
        told = {"intent": {"name": "inform", "confidence": 0.6}, "entities": found, "text": text}
        self.say(
            key,
            UserUttered(text, told["intent"], found, told, timestamp=when, input_channel="website"),
            SlotSet("contact_phone", phone, timestamp=when),
            SlotSet("contact_email", email, timestamp=when),
            BotUttered(f"Thanks, {name}", timestamp=when),
            ActionExecuted("action_listen", timestamp=when),
        )
        moment = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(when))
        transcript = Transcript(self.website)
        transcript.begin(key, Entry("turn", "visitor", text, "turn", at=moment))
        offers = (Offer(f"Yes, {name}", "/affirm"),)
        transcript.add(
            key, Entry("reply", "assistant", f"For {name}", "", offers=offers, at=moment)
        )
        transcript.finish(key, "turn")
        HandoffTable(self.website).add(Handoff(key, Reason.PERSON, Urgency.NONE, frozenset()))
        self._channel(key, phone)

    def _channel(self, key: str, phone: str) -> None:
        """A table of a channel that nobody here knows."""
        engine = open_engine(self.website)
        table = sa.Table(
            "channel_somewhere",
            sa.MetaData(),
            sa.Column("conversation", sa.String(255)),
            sa.Column("address", sa.Text),
        )
        table.metadata.create_all(engine)
        with engine.begin() as connection:
            connection.execute(table.insert().values(conversation=key, address=phone))
        engine.dispose()

    def age(self, key: str, seconds: float, moment: str) -> None:
        """Make everything that was said in a conversation older than it is."""
        console = self.postgres or f"sqlite:///{self.folder}/console.db"
        tracker = self.postgres or f"sqlite:///{self.folder}/conversations.db"
        of_it = {"key": key, "seconds": seconds, "moment": moment}
        for url, statements in (
            (tracker, ["UPDATE events SET timestamp = :seconds WHERE sender_id = :key"]),
            (
                self.website,
                [
                    "UPDATE website_message SET at = :moment WHERE conversation = :key",
                    "UPDATE website_turn SET begun = :moment WHERE conversation = :key",
                    "UPDATE frontdesk_handoff SET at = :seconds WHERE conversation = :key",
                ],
            ),
            (console, ["UPDATE conversations_conversation SET last_at = :moment WHERE key = :key"]),
        ):
            engine = open_engine(url)
            with engine.begin() as connection:
                for statement in statements:
                    connection.execute(sa.text(statement), of_it)
            engine.dispose()

    def many(self, count: int, when: float) -> None:
        """So many old conversations of three events."""
        store = self.tracker()
        rows = [
            {"sender_id": f"old{n}", "type_name": "action", "timestamp": when, "data": "{}"}
            for n in range(count)
            for _ in range(3)
        ]
        with store.engine.begin() as connection:
            connection.execute(store.SQLEvent.__table__.insert(), rows)
        store.engine.dispose()

    def letter(self, key: str, conversation: str, phone: str) -> None:
        """A booking that the clinic's own system has not received yet."""
        Outbox(self.website).write(key, "webhook", {"conversation": conversation, "phone": phone})

    def run(self, code: str) -> object:
        """What a program prints that uses the console's own code."""
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.env, cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def manage(self, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
        """One of the console's commands."""
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            env=self.env | env,
            cwd=ROOT,
            capture_output=True,
            text=True,
        )

    def receipts(self) -> list[dict[str, object]]:
        """Every receipt, the latest first."""
        return list(
            self.run(
                "import django, json; django.setup()\n"
                "from frontdesk.console.privacy.models import Receipt\n"
                "print(json.dumps(list(Receipt.objects.values("
                "'kind', 'subject', 'by', 'removed', 'problems', 'pending', 'conversations'))))"
            )
        )

    def holds(self, text: str) -> list[str]:
        """The files, or tables, in which a text stands."""
        found = [
            str(path.relative_to(self.folder))
            for path in self.folder.rglob("*")
            if path.is_file() and text.lower().encode() in path.read_bytes().lower()
        ]
        return found + (self._tables_with(text) if self.postgres else [])

    def _tables_with(self, text: str) -> list[str]:
        engine = sa.create_engine(self.postgres)
        found = []
        with engine.connect() as connection:
            for name in sa.inspect(engine).get_table_names():
                query = sa.text(f'SELECT 1 FROM "{name}" t WHERE t::text ILIKE :like LIMIT 1')
                if connection.execute(query, {"like": f"%{text}%"}).first():
                    found.append(name)
        engine.dispose()
        return found
