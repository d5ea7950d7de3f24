"""What the inbox lists."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr
from django.utils import timezone

from frontdesk.console.conversations.filters import Filters
from frontdesk.console.conversations.models import Conversation, Mark, Message, Tag
from frontdesk.console.conversations.search import with_words

PAGE = 50
PREVIEW = 140  # characters of the last message


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the inbox: who needs a person, then the others; ``older`` leads on."""

    needing: list[Conversation]
    others: list[Conversation]
    older: datetime.datetime | None


def inbox(filters: Filters, user: User, before: datetime.datetime | None = None) -> Page:
    """One page of the inbox. Those who need a person stand on the first page."""
    found = _filtered(filters, user)
    needing: list[Conversation] = []
    if before is None:
        first = found.filter(need_rank__gt=0).order_by("-need_rank", "-last_at")
        needing = list(first[:PAGE])
    if filters.need:
        return Page(needing, [], None)
    rest = found.filter(need_rank=0)
    if before is not None:
        rest = rest.filter(last_at__lt=before)
    others = list(rest.order_by("-last_at")[: PAGE + 1])
    older = others[PAGE - 1].last_at if len(others) > PAGE else None
    return Page(needing, others[:PAGE], older)


def waiting() -> int:
    """How many conversations need a person."""
    return Conversation.objects.filter(need_rank__gt=0).count()


def known_values() -> dict[str, list[str]]:
    """What one can filter by: every value there is, by kind."""
    found: dict[str, list[str]] = {kind.value: [] for kind in Mark.Kind}
    for kind, value in Mark.objects.values_list("kind", "value").distinct():
        found[kind].append(value)
    found["tag"] = list(Tag.objects.values_list("name", flat=True))
    return {kind: sorted(values) for kind, values in found.items()}


def _filtered(filters: Filters, user: User) -> QuerySet[Conversation]:
    last = Message.objects.filter(conversation=OuterRef("pk")).order_by("-event")
    preview = Substr(Subquery(last.values("masked")[:1]), 1, PREVIEW)
    found = Conversation.objects.select_related("owner", "assigned_to").annotate(preview=preview)
    if filters.q:
        found = found.filter(pk__in=with_words(filters.q))
    for kind, value in filters.marks():
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
