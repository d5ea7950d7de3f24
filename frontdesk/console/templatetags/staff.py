"""How staff pages write times and names."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.utils import timezone

from frontdesk.console.bookings import facts
from frontdesk.console.conversations.labels import label
from frontdesk.console.conversations.models import Need, Trait

register = template.Library()
MINUTE, HOUR, DAY = 60, 3600, 86_400


@register.filter
def clock(at: datetime.datetime) -> str:
    """A time where the clinic is: "2:05 pm"; with the date when it was not today."""
    local = at.astimezone(facts.zone())
    told = f"{(local.hour - 1) % 12 + 1}:{local.minute:02} {'am' if local.hour < 12 else 'pm'}"
    is_today = local.date() == timezone.now().astimezone(facts.zone()).date()
    return told if is_today else f"{local:%b} {local.day}, {told}"


@register.filter
def ago(at: datetime.datetime | None) -> str:
    """How long ago something was, roughly."""
    if at is None:
        return ""
    seconds = (timezone.now() - at).total_seconds()
    if seconds < MINUTE:
        return "now"
    if seconds < HOUR:
        return f"{int(seconds // MINUTE)} min"
    if seconds < DAY:
        return f"{int(seconds // HOUR)} h"
    return f"{int(seconds // DAY)} d"


@register.filter
def called(name: str) -> str:
    """What an id is called."""
    return label(name)


@register.filter
def need(value: str) -> str:
    """What a need is called."""
    return Need(value).label if value in Need.values else ""


@register.filter
def trait(value: str) -> str:
    """What a trait is called."""
    return Trait(value).label if value in Trait.values else value


@register.filter
def percent(share: float | None) -> str:
    """A share as a percentage."""
    return "" if share is None else f"{round(share * 100)} %"


@register.filter
def short(key: str) -> str:
    """The beginning of a conversation's key, to tell it from others."""
    return key.rpartition("-")[2][:6]


@register.filter
def get(values: Any, name: str) -> Any:
    """One of several named values."""
    return values.get(name, []) if hasattr(values, "get") else getattr(values, name, "")
