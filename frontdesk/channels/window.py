"""How long after a person's last message a provider lets us write to them."""

from __future__ import annotations

import time

from frontdesk.channels.people import Person

DAY = 86_400.0


def is_open(person: Person, days: float = 1) -> bool:
    """Whether the person wrote within that many days."""
    return time.time() - person.heard_at < days * DAY
