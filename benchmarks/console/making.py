"""Makes what one measurement looks at: a full tracker store, and a console in daily use."""

from __future__ import annotations

import datetime
import hashlib
import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from benchmarks.console.crowd import Crowd
from benchmarks.console.databases import Databases
from benchmarks.console.filling import analyze, fill, hand_off
from benchmarks.places import stage
from frontdesk.database import open_engine

HERE = Path(__file__).parent
GENERATOR = ("crowd.py", "turns.py", "turns.jsonl", "filling.py", "making.py")  # else made anew
NEW = 800  # conversations that are new at each measurement
Facts = dict[str, Any]


def made(databases: Databases, conversations: int) -> Facts:
    """What is known of the store that is there; it is made when it is not, or is of other make."""
    note = databases.folder / "made.json"
    stamp = _stamp(conversations)
    if note.exists():
        facts: Facts = json.loads(note.read_text())
        if facts["stamp"] == stamp:
            _migrate()
            return facts
        note.unlink()
    facts = {"stamp": stamp, "conversations": conversations, "next": conversations + 100}
    _empty(databases)
    stage(f"{databases.name}: making {conversations:,} conversations")
    crowd = Crowd(conversations, _now())
    facts["events"] = fill(databases.tracker, crowd.rows())
    facts["handoffs"] = hand_off(databases.handoffs, crowd.handoffs)
    analyze(databases.tracker)
    _prepare()
    stage(f"{databases.name}: reading {facts['events']:,} events")
    facts["read"] = reading_speed()
    stage(f"{databases.name}: what staff have done with them")
    _use()
    keep(databases, facts)
    return facts


def keep(databases: Databases, facts: Facts) -> None:
    """Note what is there."""
    (databases.folder / "made.json").write_text(json.dumps(facts))


def add_new(databases: Databases, facts: Facts) -> int:
    """Let people write who have not before; how many events that gave."""
    crowd = Crowd(NEW, _now(), facts["next"])
    added = fill(databases.tracker, crowd.rows(1 / 24, long=False))
    hand_off(databases.handoffs, crowd.handoffs)
    facts["next"] += NEW
    keep(databases, facts)
    return added


def reading_speed() -> float:
    """Read all that is new; events a second."""
    from frontdesk.console.conversations import reader
    from frontdesk.console.conversations.queue import queue
    from frontdesk.console.conversations.store import store

    began = time.perf_counter()
    events = _all(lambda: reader.read_events(store()))
    took = time.perf_counter() - began
    _all(lambda: reader.read_handoffs(queue()))
    return events / took


def look_at_tables() -> None:
    """Let the console's database look at what it holds."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _all(read: Callable[[], int]) -> int:
    every = 0
    while some := read():
        every += some
    return every


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.timezone.utc)


def _stamp(conversations: int) -> str:
    parts = [(HERE / name).read_bytes() for name in GENERATOR]
    return hashlib.sha256(b"\0".join([*parts, str(conversations).encode()])).hexdigest()[:16]


def _empty(databases: Databases) -> None:
    """Remove what an earlier one made."""
    from django.conf import settings
    from django.db import connection

    for url in {databases.tracker, databases.handoffs}:
        engine = open_engine(url)
        metadata = sa.MetaData()
        # SQLite's own tables stay
        metadata.reflect(engine, only=lambda name, _: not name.startswith("sqlite_"))
        metadata.drop_all(engine)
        engine.dispose()
    if connection.vendor == "sqlite":
        for end in ("", "-wal", "-shm"):
            Path(f"{settings.DATABASES['default']['NAME']}{end}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _prepare() -> None:
    from django.contrib.auth.models import User

    from frontdesk.console.staff.roles import MANAGER, give, make_roles

    _migrate()
    make_roles()
    give(User.objects.create_user("maya"), MANAGER)
    User.objects.create_user("theo")


def _use() -> None:
    """What is older than two days has been dealt with, and staff have sorted some of it."""
    from django.contrib.auth.models import User
    from django.db.models import F

    from frontdesk.console.conversations.models import Conversation, HandOver, Mark, Tag

    chance = random.Random(11)
    maya = User.objects.get(username="maya")
    old = _now() - datetime.timedelta(days=2)
    dealt = {"need": "", "need_rank": 0, "need_at": None}
    Conversation.objects.filter(need_at__lt=old).update(**dealt)
    Conversation.objects.filter(last_at__lt=old).update(is_unread=False)
    for minutes in range(20):
        wait = datetime.timedelta(seconds=30 + 40 * minutes)
        some = HandOver.objects.annotate(rest=F("pk") % 20).filter(raised_at__lt=old, rest=minutes)
        some.update(taken_at=F("raised_at") + wait, settled_at=F("raised_at") + 3 * wait)
    numbers = list(Conversation.objects.order_by("pk").values_list("pk", "last_at"))
    mine = [pk for pk, _ in chance.sample(numbers, len(numbers) // 50)]
    for start in range(0, len(mine), 500):
        Conversation.objects.filter(pk__in=mine[start : start + 500]).update(assigned_to=maya)
    tags = [Tag.objects.create(name=name) for name in ("ask Rosa", "invoice", "regular")]
    marks = [
        Mark(conversation_id=pk, kind=Mark.Kind.TAG, value=chance.choice(tags).name, last_at=at)
        for pk, at in chance.sample(numbers, len(numbers) // 30)
    ]
    seen = chance.sample(numbers, len(numbers) // 10)
    marks += [
        Mark(conversation_id=pk, kind=Mark.Kind.TRAIT, value="reviewed", last_at=at)
        for pk, at in seen
    ]
    Mark.objects.bulk_create(marks, batch_size=200)
    for start in range(0, len(seen), 500):
        some_seen = [pk for pk, _ in seen[start : start + 500]]
        Conversation.objects.filter(pk__in=some_seen).update(reviewed_at=_now(), reviewed_by=maya)
