"""What the two articles say, claim by claim, so that every answer can name its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Article:
    """One of the articles the clinic's answers rest on."""

    title: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing an article says, in our own words.

    ``caution`` is what to add where research differs, is thin, or cannot be traced.
    """

    article: str
    section: str
    says: str
    caution: str = ""


def in_reading_order(claim_ids: Iterable[str]) -> tuple[str, ...]:
    """Sort claim ids by article and number, each once."""
    return tuple(sorted(set(claim_ids), key=lambda c: (c[0], int(re.sub(r"\D", "", c) or 0))))


@dataclass(frozen=True, slots=True)
class Library:
    """All claims and the articles they come from."""

    articles: Mapping[str, Article]
    claims: Mapping[str, Claim]

    def sources(self, claim_ids: Iterable[str]) -> list[dict[str, str]]:
        """The sources of an answer as the chat window shows them.

        Returns:
            One ``{"claim", "article", "section"}`` per known claim, in reading order.
        """
        return [
            {
                "claim": claim_id,
                "article": self.articles[self.claims[claim_id].article].title,
                "section": self.claims[claim_id].section,
            }
            for claim_id in in_reading_order(claim_ids)
            if claim_id in self.claims
        ]
