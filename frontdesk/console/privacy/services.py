"""Erasing one conversation, one person, or everything that is old."""

from __future__ import annotations

import datetime
import logging
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from django.db.models import QuerySet
from django.utils import timezone

from frontdesk.console.bookings import outbox
from frontdesk.console.privacy import events, files, gathering, passing, retention, rows
from frontdesk.console.privacy.errors import BookingsStand
from frontdesk.console.privacy.gathering import Found
from frontdesk.console.privacy.models import Receipt
from frontdesk.console.privacy.person import Person, hashed, read_contact
from frontdesk.domain.errors import FrontdeskError

CLERK = "retention"
CONVERSATIONS, REFERENCES = "conversations", "references"
A_DAY = datetime.timedelta(hours=23)  # a little less, so that it never slips by a round
Do = Callable[[], Mapping[str, int]]
logger = logging.getLogger(__name__)


def erase_conversation(key: str, by: str, *, cancel_bookings: bool = False) -> Receipt:
    """Erase a conversation and what was booked in it, from every store.

    Raises:
        BookingsStand: a booking made in it is still to come.
    """
    job = _Job(Receipt.Kind.CONVERSATION, hashed(key), by)
    return _erase(job, gathering.of_conversation(key, job.left(), job.ask), cancel_bookings)


def erase_contact(contact: str, by: str, *, cancel_bookings: bool = False) -> Receipt:
    """Erase all that is kept under a phone number or e-mail address, from every store.

    Raises:
        UnreadableContact: it is neither.
        BookingsStand: a booking of theirs is still to come.
    """
    who = read_contact(contact)
    job = _Job(Receipt.Kind.CONTACT, who.mark, by)
    return _erase(job, gathering.of_contact(who, job.left(), job.ask), cancel_bookings)


def purge(days: int | None = None, by: str = CLERK) -> Receipt:
    """Delete everything that is older than it may get, from every store."""
    job = _Job(Receipt.Kind.PURGE, "", by)
    kept = retention.days() if days is None else days
    now = timezone.now()
    limit = now - datetime.timedelta(days=kept)
    bookings = now - datetime.timedelta(days=retention.booking_days() if days is None else days)
    before = limit.timestamp()
    gone: set[str] = set(job.left().conversations)

    def forget_events() -> Mapping[str, int]:
        removed, keys = events.purge(before)
        gone.update(keys)
        return removed

    job.do(events.STORE, forget_events)
    job.do(passing.STORE, lambda: passing.purge(before, gone))
    job.do(rows.STORE, partial(rows.purge, limit, bookings))
    job.do(files.STORE, partial(files.purge, before))
    job.sweep(whole=False)
    return job.finish(Person(conversations=frozenset(gone)))


def purge_daily() -> Receipt | None:
    """What is old goes once a day; nothing when it was done today."""
    latest = Receipt.objects.filter(kind=Receipt.Kind.PURGE, problems={}).first()
    if latest and latest.ended_at > timezone.now() - A_DAY:
        return None
    return purge()


class _Job:
    """One erasure or purge: each store does its part, whatever became of the others."""

    def __init__(self, kind: Receipt.Kind, subject: str, by: str) -> None:
        self._kind, self._subject, self.by = kind, subject, by
        self._began = timezone.now()
        self._problems: dict[str, str] = {}
        self._removed: dict[str, dict[str, int]] = {}

    def left(self) -> Person:
        """What earlier tries left to do."""
        every = [one.pending for one in self._unfinished()]
        return Person(
            conversations=frozenset(key for one in every for key in one.get(CONVERSATIONS, ())),
            references=frozenset(key for one in every for key in one.get(REFERENCES, ())),
        )

    def ask(self, store: str, find: Callable[[], Person]) -> Person:
        """What a store knows of somebody; nothing when it fails."""
        try:
            return find()
        except Exception as error:
            self._failed(store, error)
            return Person()

    def do(self, store: str, erase: Do) -> None:
        """Let a store do its part, and note what became of it."""
        try:
            counts = erase()
        except Exception as error:
            self._failed(store, error)
            return
        if counts:
            noted = Counter(self._removed.get(store, {})) + Counter(counts)
            self._removed[store] = dict(noted)

    def sweep(self, *, whole: bool) -> None:
        """Let each database leave nothing behind; one that fails is done the next time."""
        for store in (passing, events, rows):
            try:
                store.sweep(whole=whole)
            except Exception as error:
                self._failed(store.STORE, error)

    def finish(self, person: Person) -> Receipt:
        """The receipt; what is left to do is named in it until it is done."""
        pending = {}
        if self._problems:
            pending = {
                CONVERSATIONS: sorted(person.conversations),
                REFERENCES: sorted(person.references),
            }
        else:
            self._unfinished().update(pending={})
        return Receipt.objects.create(
            kind=self._kind,
            subject=self._subject,
            by=self.by,
            began_at=self._began,
            conversations=len(person.conversations),
            removed=self._removed,
            problems=self._problems,
            pending=pending,
        )

    def _unfinished(self) -> QuerySet[Receipt]:
        same = Receipt.objects.filter(kind=self._kind, subject=self._subject)
        return same.exclude(pending={})

    def _failed(self, store: str, error: Exception) -> None:
        # an error's text may quote what was to be erased: its kind is enough
        self._problems[store] = error.code if isinstance(error, FrontdeskError) else _kind(error)
        logger.warning("%s of %s failed: %s", self._kind.value, store, self._problems[store])


def _kind(error: Exception) -> str:
    return type(error).__name__


def _erase(job: _Job, found: Found, cancel_bookings: bool) -> Receipt:
    person, booked = found.known, found.booked
    if cancel_bookings:
        job.do(rows.STORE, partial(_call_off, booked, job.by))
    else:
        _refuse_standing(job, booked)
    job.do(passing.STORE, partial(passing.erase, person, booked))
    job.do(events.STORE, partial(events.erase, person))
    job.do(rows.STORE, partial(rows.erase, person, booked))
    job.do(files.STORE, partial(files.erase, person, booked))
    job.sweep(whole=True)
    return job.finish(person)


def _refuse_standing(job: _Job, booked: Person) -> None:
    references = set(rows.standing(booked).values_list("reference", flat=True))

    def add_waiting() -> Mapping[str, int]:
        references.update(passing.waiting_bookings(booked))
        return {}

    job.do(passing.STORE, add_waiting)
    if references:
        raise BookingsStand(tuple(sorted(references)))


def _call_off(booked: Person, by: str) -> Mapping[str, int]:
    """Call off what is to come, and try to tell the person before their address goes."""
    if rows.call_off(booked, by):
        outbox.send_due()
    return {}
