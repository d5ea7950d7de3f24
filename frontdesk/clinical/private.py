"""The personal parts of a text: what kinds there are, and where one stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

# Stands for a part that was found already: nothing is read across it. From Unicode's private area.
BARRIER = "\ue000"


class Kind(str, Enum):
    """What a personal part is; the value is what is read in its place, in square brackets."""

    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"
    ADDRESS = "address"
    BIRTH_DATE = "date of birth"
    NUMBER = "number"

    @property
    def token(self) -> str:
        """What stands in a masked text."""
        return f"[{self.value}]"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A personal part of a text, from ``start`` up to ``end``."""

    start: int
    end: int
    kind: Kind


def blanked(text: str, spans: Iterable[Span]) -> str:
    """A text of the same length, with barriers where the spans are."""
    for span in spans:
        text = text[: span.start] + BARRIER * (span.end - span.start) + text[span.end :]
    return text
