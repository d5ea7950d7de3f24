"""Compares what a sender shows with what is known, in a time that tells nothing."""

from __future__ import annotations

import hmac


def is_same(given: str, known: str) -> bool:
    """Whether two texts are equal, whatever signs a stranger may have put into one."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), known.encode())
