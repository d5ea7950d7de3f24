"""What the inbox lists."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.utils import timezone

from frontdesk.console.conversations.filters import Filters
from frontdesk.console.conversations.models import Conversation, Mark, Message, Tag
from frontdesk.console.conversations.search import with_words

PAGE = 50
PREVIEW = 140  # characters of the last message
FEW = 1000  # conversations that are better looked through than an index in order
MANY = 20_000  # of them a mark is common, however many there are
# the next value after the last one, again and again: an index is not read from end to end for it
_VALUES = """
WITH RECURSIVE seen(value) AS (
    SELECT min(value) FROM conversations_mark WHERE kind = %s
    UNION ALL
    SELECT (SELECT min(value) FROM conversations_mark WHERE kind = %s AND value > seen.value)
    FROM seen WHERE seen.value IS NOT NULL
)
SELECT value FROM seen WHERE value IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the inbox: who needs a person, then the others; ``older`` leads on."""

    needing: list[Conversation]
    others: list[Conversation]
    older: datetime.datetime | None


def inbox(filters: Filters, user: User, before: datetime.datetime | None = None) -> Page:
    """One page of the inbox. Those who need a person stand on the first page."""
    few = _few(filters, user)
    needing: list[Conversation] = []
    if before is None:
        found = _within(few, _filtered(filters, user, filters.marks())).filter(need_rank__gt=0)
        needing = _shown(found.order_by("-need_rank", "-last_at")[:PAGE])
    if filters.need:
        return Page(needing, [], None)
    others = _newest(filters, user, few, before)
    older = others[PAGE - 1].last_at if len(others) > PAGE else None
    return Page(needing, others[:PAGE], older)


def waiting() -> int:
    """How many conversations need a person."""
    return Conversation.objects.filter(need_rank__gt=0).count()


def known_values() -> dict[str, list[str]]:
    """What one can filter by: every value there is, by kind."""
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        for kind in Mark.Kind.values:
            cursor.execute(_VALUES, [kind, kind])
            found[kind] = sorted(value for (value,) in cursor.fetchall())
    return found | {"tag": sorted(Tag.objects.values_list("name", flat=True))}


def _newest(
    filters: Filters, user: User, few: set[int] | None, before: datetime.datetime | None
) -> list[Conversation]:
    """Those who need nobody, the newest first, read in the order of an index where they are many.

    That is the index of a mark which all of them have, or that of all conversations.
    """
    marks, place = filters.marks(), "last_at"
    asked: dict[str, object] = {}
    if few is None and marks:
        if len(marks) > 1:
            marks.sort(key=_how_many)
        (kind, value), place = marks.pop(0), "marks__last_at"
        asked = {"marks__kind": kind, "marks__value": value}
    if before is not None:
        asked[f"{place}__lt"] = before
    # asked for in one step, or Django takes the time of another mark of the same conversation
    found = _within(few, _filtered(filters, user, marks)).filter(**asked)
    return _shown(found.filter(need_rank=0).order_by(f"-{place}")[: PAGE + 1])


def _few(filters: Filters, user: User) -> set[int] | None:
    """The conversations that can be meant, when they are few; None when they are many."""
    sets = [set(with_words(filters.q))] if filters.q else []
    for kind, value in filters.marks():
        marked = Mark.objects.filter(kind=kind, value=value).values_list("conversation", flat=True)
        sets.append(set(marked[:FEW]))
    if filters.whose == "mine":
        mine = Conversation.objects.filter(Q(assigned_to=user) | Q(owner=user))
        sets.append(set(mine.values_list("pk", flat=True)[:FEW]))
    whole = [one for number, one in enumerate(sets) if len(one) < FEW or (filters.q and not number)]
    return set.intersection(*whole) if whole else None


def _how_many(mark: tuple[Mark.Kind, str]) -> int:
    """How many conversations have a mark, as far as it matters."""
    kind, value = mark
    return Mark.objects.filter(kind=kind, value=value)[:MANY].count()


def _within(few: set[int] | None, found: QuerySet[Conversation]) -> QuerySet[Conversation]:
    return found if few is None else found.filter(pk__in=few)


def _filtered(
    filters: Filters, user: User, marks: Iterable[tuple[Mark.Kind, str]]
) -> QuerySet[Conversation]:
    found = Conversation.objects.all()
    for kind, value in marks:
        marked = Mark.objects.filter(conversation=OuterRef("pk"), kind=kind, value=value)
        found = found.filter(Exists(marked))
    if filters.reviewed == "no":
        found = found.filter(reviewed_at=None)
    if filters.booked == "no":
        found = found.filter(reference="")
    if filters.need and filters.need != "any":
        found = found.filter(need=filters.need)
    if filters.unread:
        found = found.filter(is_unread=True)
    if filters.whose == "mine":
        found = found.filter(Q(assigned_to=user) | Q(owner=user))
    elif filters.whose == "nobody":
        found = found.filter(assigned_to=None, owner=None)
    oldest = filters.since(timezone.now())
    return found.filter(last_at__gte=oldest) if oldest else found


def _shown(found: QuerySet[Conversation]) -> list[Conversation]:
    """Some conversations in their order, with what a line of the list shows besides."""
    numbers = list(found.values_list("pk", flat=True))
    last = Message.objects.filter(conversation=OuterRef("pk")).order_by("-event")
    preview = Substr(Subquery(last.values("masked")[:1]), 1, PREVIEW)
    rows = Conversation.objects.filter(pk__in=numbers).annotate(preview=preview)
    known = {row.pk: row for row in rows.select_related("owner", "assigned_to")}
    return [known[number] for number in numbers if number in known]
