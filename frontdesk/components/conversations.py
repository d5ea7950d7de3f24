"""Rasa's SQL tracker store, with running conversations kept in memory and short."""

from __future__ import annotations

import itertools
import json
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
import sqlalchemy.orm
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection, Engine

from frontdesk.database import open_engine

KEPT = 500  # conversations held in memory
WINDOW = 4  # turns of a conversation that Rasa works with; twice as many before it is cut again
HEALTH = ("condition", "red_flag")
# staff read long conversations from their end, with what the visitor gave anywhere in them
INDEXES = (
    "CREATE INDEX IF NOT EXISTS events_of_one_in_order ON events (sender_id, id)",
    "CREATE INDEX IF NOT EXISTS slots_of_one ON events (sender_id, action_name, id) "
    "WHERE type_name = 'slot'",
)
STORED = "_frontdesk_stored"  # how many of a tracker's events are in the database
NEWEST = "_frontdesk_newest"  # the number of the last of them


@dataclass(frozen=True, slots=True)
class _Running:
    tracker: DialogueStateTracker
    newest: int
    domain: Domain


class Conversations(SQLTrackerStore):
    """Reads a conversation once, then only asks the database whether somebody else wrote to it.

    Rasa's own store reads and decodes every event of the session at each message. A kept
    conversation is handed out to one turn at a time: while it is out, or when a turn fails, the
    database is read again, so what is kept never holds more than what was saved. Rasa also goes
    over all of a conversation at each step: it is given the last turns and what holds from before.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.engine: Engine
        self._running: OrderedDict[str, _Running] = OrderedDict()
        # Rasa opens SQLite anew at each message, and its errors quote what was being saved
        url = self.engine.url.render_as_string(hide_password=False)
        self.engine.dispose()
        self.engine = open_engine(url)
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)
        index(self.engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's present session (see Rasa)."""
        newest = self._newest(sender_id)
        running = self._running.pop(sender_id, None)
        if running and running.newest == newest and running.domain is self.domain:
            tracker: DialogueStateTracker | None = running.tracker
        else:
            tracker = await super().retrieve(sender_id)
        if tracker is not None:
            tracker = windowed(tracker, self.domain)
            setattr(tracker, STORED, len(tracker.events))
            setattr(tracker, NEWEST, newest)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the turn's events (see Rasa)."""
        if tracker.events and _is_cut_off(tracker):
            # Rasa stopped a turn that went in circles; without this it would stop each next one
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        stored, newest = getattr(tracker, STORED, 0), getattr(tracker, NEWEST, 0)
        added = list(itertools.islice(tracker.events, stored, None))
        if not hasattr(tracker, STORED):
            await super().save(tracker)
            return
        await self.stream_events(tracker)
        with self.engine.connect() as connection, connection.begin() as writing:
            if added:
                rows = [_row(tracker.sender_id, event) for event in added]
                connection.execute(self.SQLEvent.__table__.insert(), rows)
            if newest and not self._is_there(connection, tracker.sender_id, newest):
                writing.rollback()  # erased while the turn was taken: nothing of it comes back
                return
            count, last = self._written_after(connection, tracker.sender_id, newest)
        # one who starts a session, or whose conversation another wrote to, is read anew
        is_alone = count == len(added)
        if is_alone and not any(isinstance(event, SessionStarted) for event in added):
            self._keep(tracker, last)

    def _keep(self, tracker: DialogueStateTracker, newest: int) -> None:
        self._running[tracker.sender_id] = _Running(tracker, newest, self.domain)
        if len(self._running) > KEPT:
            self._running.popitem(last=False)

    def _is_there(self, connection: Connection, sender_id: str, number: int) -> bool:
        """Whether an event that was read is still stored."""
        table = self.SQLEvent.__table__.c
        query = sa.select([table.id]).where(table.sender_id == sender_id, table.id == number)
        return connection.execute(query).first() is not None

    def _newest(self, sender_id: str) -> int:
        with self.engine.connect() as connection:
            return self._written_after(connection, sender_id, 0)[1]

    def _written_after(
        self, connection: Connection, sender_id: str, newest: int
    ) -> tuple[int, int]:
        """How many events a conversation has after a number, and the last one's number."""
        table = self.SQLEvent.__table__.c
        what = sa.func.count(table.id) if newest else sa.literal(0)
        query = sa.select([what, sa.func.max(table.id)]).where(table.sender_id == sender_id)
        count, last = connection.execute(query.where(table.id > newest)).one()
        return int(count or 0), int(last or newest)


def index(engine: Engine) -> None:
    """Make the indexes of the events, once they are there."""
    with engine.begin() as connection:
        for statement in INDEXES:
            connection.execute(sa.text(statement))


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    """An event as Rasa's own store keeps it."""
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def windowed(tracker: DialogueStateTracker, domain: Domain) -> DialogueStateTracker:
    """The conversation's last turns, with the slots, loop and pause that hold at their start.

    What people said of their health is kept however long ago it was.
    """
    events = list(tracker.events)
    turns = [number for number, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(turns) <= 2 * WINDOW:
        return tracker
    start = turns[-WINDOW] - 1  # with the action_listen before it
    past = DialogueStateTracker.from_events(tracker.sender_id, events[:start], domain.slots)
    held: list[Event] = [event for event in events[:start] if _speaks_of_health(event)]
    held += [
        SlotSet(name, slot.value) for name, slot in past.slots.items() if slot.value is not None
    ]
    if past.active_loop_name:
        held.append(ActiveLoop(past.active_loop_name))
    if past.is_paused():
        held.append(ConversationPaused())
    return DialogueStateTracker.from_events(tracker.sender_id, held + events[start:], domain.slots)


def _is_cut_off(tracker: DialogueStateTracker) -> bool:
    """Whether the last turn has not ended in waiting for the person."""
    last = next((e for e in reversed(tracker.events) if isinstance(e, ActionExecuted)), None)
    return last is not None and last.action_name not in (ACTION_LISTEN_NAME, "action_session_start")


def _speaks_of_health(event: Event) -> bool:
    return isinstance(event, UserUttered) and any(
        entity["entity"] in HEALTH for entity in event.entities
    )
