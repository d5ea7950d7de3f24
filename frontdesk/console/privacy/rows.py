"""What the console itself keeps of somebody: conversations, appointments, e-mails, notes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import connection, models, transaction
from django.db.models.deletion import Collector
from django.utils import timezone

from frontdesk.clinical.masking import mask
from frontdesk.console.bookings import services
from frontdesk.console.bookings.models import Appointment, Letter
from frontdesk.console.bookings.models import Receipt as Answered
from frontdesk.console.conversations.models import Conversation, Reading, SavedView
from frontdesk.console.privacy.databases import CHECKPOINT, checkpoint, in_batches
from frontdesk.console.privacy.events import ERASED
from frontdesk.console.privacy.person import Person
from frontdesk.console.staff.models import Look

STORE = "console"
COLUMN = "conversation"
SEARCH = "conversations_search"  # SQLite's index of words
PER_BATCH = 100  # rows purged in one transaction


def appointments(person: Person) -> models.QuerySet[Appointment]:
    """The appointments made by somebody, or in their conversations."""
    theirs = models.Q(phone__in=person.phones) & ~models.Q(phone="")
    theirs |= models.Q(reference__in=person.references)
    theirs |= models.Q(conversation__in=person.conversations) & ~models.Q(conversation="")
    for email in person.emails:
        theirs |= models.Q(email__iexact=email)
    return Appointment.objects.filter(theirs)


def standing(person: Person) -> models.QuerySet[Appointment]:
    """Those of them that are still to come."""
    held = appointments(person).filter(status__in=Appointment.HOLDING)
    return held.filter(starts_at__gt=timezone.now())


def find(person: Person) -> Person:
    """What the appointments of somebody tell of them, besides what is known."""
    every = list(appointments(person))
    return Person(
        conversations=frozenset(one.conversation for one in every if one.conversation),
        references=frozenset(one.reference for one in every),
        names=frozenset(one.contact_name for one in every if one.contact_name),
        phones=frozenset(one.phone for one in every if one.phone),
        emails=frozenset(one.email for one in every if one.email),
    )


def call_off(person: Person, by: str) -> int:
    """Call off what is still to come; the person is told by e-mail if they gave one."""
    return sum(services.call_off(one, by) for one in standing(person))


def erase(person: Person, booked: Person) -> Counter[str]:
    """Delete their rows, and what hangs on them; how many of each kind.

    Args:
        person: everything that is known of them.
        booked: what their appointments are known by.
    """
    removed: Counter[str] = Counter()
    with transaction.atomic():
        _wait_for_reader()
        if connection.vendor == "sqlite":
            _execute("PRAGMA secure_delete=ON")
        for keys in in_batches({*person.conversations, ERASED}):
            conversations = Conversation.objects.filter(key__in=keys)
            _mask_reasons(conversations, person)
            removed += _deleted(conversations)
            for model in _of_conversations():
                removed += _deleted(model._default_manager.filter(**{f"{COLUMN}__in": keys}))
        removed += _deleted(appointments(booked))
        for view in SavedView.objects.all():
            if person.is_in(view.query):
                removed += _deleted(SavedView.objects.filter(pk=view.pk))
    return +removed


def purge(before: datetime, bookings_before: datetime) -> Counter[str]:
    """Delete conversations in which nothing happened since, and appointments of before."""
    removed: Counter[str] = Counter()
    for old in (
        Conversation.objects.filter(last_at__lt=before),
        Appointment.objects.filter(ends_at__lt=bookings_before),
        Letter.objects.filter(created_at__lt=before),
        Answered.objects.filter(appointment=None, created_at__lt=before),
    ):
        removed += _purged(old)
    return +removed


def export(person: Person) -> dict[str, Any]:
    """Their rows, and what hangs on them, by kind."""
    found: dict[str, Any] = {}
    wanted: list[models.QuerySet[Any]] = [appointments(person)]
    for keys in in_batches(person.conversations):
        wanted.append(Conversation.objects.filter(key__in=keys))
        wanted += [
            model._default_manager.filter(**{f"{COLUMN}__in": keys})
            for model in _of_conversations()
        ]
    for query in wanted:
        for row in _hanging_on(query):
            told = json.loads(serializers.serialize("json", [row]))[0]
            kept = found.setdefault(row._meta.label, [])
            if told not in kept:
                kept.append(told)
    return found


def sweep(*, whole: bool = True) -> None:
    """Leave nothing of what was deleted in the files, once the transaction around it is written."""
    transaction.on_commit(partial(_sweep, whole))


def _sweep(whole: bool) -> None:
    if connection.vendor == "postgresql":
        _execute("VACUUM")
        return
    if str(connection.settings_dict["NAME"]).startswith("file:memory"):
        return  # tests keep it in memory: there is no file
    if whole:
        _execute(f"INSERT INTO {SEARCH}({SEARCH}) VALUES ('rebuild')")
        _execute("VACUUM")
    checkpoint(lambda: _execute(CHECKPOINT))


def _execute(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


def _wait_for_reader() -> None:
    """Whoever reads new events has written them before we delete, or reads after."""
    list(Reading.objects.select_for_update().order_by("pk"))


def _of_conversations() -> Iterator[type[models.Model]]:
    """The tables that name a conversation by its key alone, of whatever part of the console."""
    for model in apps.get_models():
        if model is Appointment:
            continue
        fields = {field.name: field for field in model._meta.concrete_fields}
        if isinstance(fields.get(COLUMN), models.CharField):
            yield model


def _mask_reasons(conversations: models.QuerySet[Conversation], person: Person) -> None:
    """Take what tells who somebody is out of the record of who looked."""
    known = {*person.names, *person.phones, *person.emails}
    for look in Look.objects.filter(conversation__in=conversations.values("pk")).exclude(reason=""):
        masked = mask(look.reason, known=known).text[: Look._meta.get_field("reason").max_length]
        if masked != look.reason:
            Look.objects.filter(pk=look.pk).update(reason=masked)


def _deleted(query: models.QuerySet[Any]) -> Counter[str]:
    return Counter(query.delete()[1])


def _purged(old: models.QuerySet[Any]) -> Counter[str]:
    removed: Counter[str] = Counter()
    while some := list(old.order_by("pk").values_list("pk", flat=True)[:PER_BATCH]):
        with transaction.atomic():
            if connection.vendor == "sqlite":
                _execute("PRAGMA secure_delete=ON")
            gone = _deleted(old.filter(pk__in=some))
        removed += gone
        if not gone:
            break
    return removed


def _hanging_on(query: models.QuerySet[Any]) -> Iterator[models.Model]:
    """The rows of a query, and those that would go with them."""
    rows = list(query)
    collector = Collector(using=query.db)
    collector.collect(rows)
    for instances in collector.data.values():
        yield from instances
    for fast in collector.fast_deletes:
        yield from (row for row in fast if isinstance(row, models.Model))
