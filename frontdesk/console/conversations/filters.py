"""What staff look for in the inbox, read from the address and strict about it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from frontdesk.console.conversations.models import Mark, Need, Trait

RECENT = {"hour": 1, "day": 24, "week": 7 * 24, "month": 30 * 24}  # hours
WHOSE = ("mine", "nobody")
_MARKS = {
    "channel": Mark.Kind.CHANNEL,
    "intent": Mark.Kind.INTENT,
    "condition": Mark.Kind.CONDITION,
    "treatment": Mark.Kind.TREATMENT,
    "trait": Mark.Kind.TRAIT,
    "tag": Mark.Kind.TAG,
}
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """One way of looking at the inbox; what is empty filters nothing."""

    q: str = ""
    need: str = ""
    channel: str = ""
    intent: str = ""
    condition: str = ""
    treatment: str = ""
    trait: str = ""
    tag: str = ""
    recent: str = ""
    whose: str = ""
    unread: str = ""
    reviewed: str = ""
    booked: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Filters:
        """The filters of an address; what is unknown there is left out."""
        values = {one.name: given.get(one.name, "").strip()[:LONGEST] for one in fields(cls)}
        known = {
            "need": ("any", *Need.values),
            "trait": Trait.values,
            "recent": tuple(RECENT),
            "whose": WHOSE,
            "unread": ("yes",),
            "reviewed": ("yes", "no"),
            "booked": ("yes", "no"),
        }
        for name, allowed in known.items():
            if values[name] not in allowed:
                values[name] = ""
        return cls(**values)

    def marks(self) -> list[tuple[Mark.Kind, str]]:
        """The marks a conversation must have."""
        asked = [(kind, getattr(self, name)) for name, kind in _MARKS.items()]
        if self.booked == "yes":
            asked.append((Mark.Kind.TRAIT, Trait.BOOKED))
        if self.reviewed == "yes":
            asked.append((Mark.Kind.TRAIT, Trait.REVIEWED))
        return [(kind, value) for kind, value in asked if value]

    def since(self, now: datetime.datetime) -> datetime.datetime | None:
        """The oldest activity that still counts."""
        hours = RECENT.get(self.recent)
        return now - datetime.timedelta(hours=hours) if hours else None

    def items(self) -> list[tuple[str, str]]:
        """What is asked for, by name."""
        given = ((one.name, getattr(self, one.name)) for one in fields(self))
        return [(name, value) for name, value in given if value]

    def as_query(self) -> str:
        """As the end of an address."""
        return urlencode(self.items())
