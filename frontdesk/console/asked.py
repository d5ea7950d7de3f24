"""What an address or a form asks for, read."""

from __future__ import annotations

DIGITS = 18  # more than a row's number has, and fewer than a database refuses


def row_number(given: str) -> int | None:
    """The number of a row, None when it cannot be one."""
    return int(given) if given.isdecimal() and len(given) <= DIGITS else None
