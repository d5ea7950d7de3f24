"""References that can be read out: HM-7K3QW."""

from __future__ import annotations

import re

from frontdesk.console.bookings import facts
from frontdesk.domain import booking

LONGEST = 12
_WRITTEN = re.compile(rf"([^\W\d_]{{1,3}})-?([{booking.ALPHABET}]{{{booking.LETTERS}}})")


def new_reference() -> str:
    """A reference by chance; whether it is free, the database says."""
    return booking.new_reference(facts.clinic().name)


def tidy(said: str) -> str:
    """A reference as we write it, from one as people write it; empty when it is none of ours."""
    written = _WRITTEN.fullmatch(re.sub(r"\s+", "", said).upper())
    return f"{written[1]}-{written[2]}" if written else ""


def outside(said: str) -> str:
    """What is none of our references, short enough to be counted; it never looks like one."""
    return "?" + re.sub(r"[^0-9A-Z-]", "", said.upper())[: LONGEST - 1]
