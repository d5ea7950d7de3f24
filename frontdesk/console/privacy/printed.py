"""A receipt as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.console.privacy.models import Receipt


def lines(receipt: Receipt) -> Iterator[str]:
    """What was removed from where, when and by whom, and what could not be done."""
    ended = f"{receipt.ended_at:%Y-%m-%d %H:%M} UTC"
    yield f"{receipt.get_kind_display()}, receipt {receipt.pk}, {ended}"
    yield f"by {receipt.by}, conversations: {receipt.conversations}"
    if receipt.subject:
        yield f"subject {receipt.subject}"
    for store, counts in receipt.removed.items():
        for what, count in sorted(counts.items()):
            yield f"  {store}: {count} x {what}"
    if not receipt.removed:
        yield "  nothing was there to remove"
    for store, problem in receipt.problems.items():
        yield f"  {store} FAILED ({problem}); run this again to complete it"
