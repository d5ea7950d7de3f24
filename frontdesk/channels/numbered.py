"""Choices as numbered lines, for channels without buttons and lists too long for them."""

from __future__ import annotations

from collections.abc import Sequence

from frontdesk.channels.markup import Block, Run
from frontdesk.channels.offers import Offer


def lines(offers: Sequence[Offer]) -> list[Block]:
    """One line a choice; the first stands apart from what is above."""
    return [
        Block((Run(f"{offer.number}. {offer.title}"),), "\n\n" if at == 0 else "\n")
        for at, offer in enumerate(offers)
    ]


def short(title: str, limit: int) -> str:
    """A title of at most ``limit`` signs, cut at a word where that leaves enough of it."""
    if len(title) <= limit:
        return title
    kept = title[: limit - 1]
    at_word = kept.rpartition(" ")[0]
    return (at_word if len(at_word) > limit // 2 else kept).rstrip(" ,") + "…"
