"""Strict reading of ``data/ordinary/``: messages that state no condition and no red flag."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from frontdesk.clinical.loading import entries


@dataclass(frozen=True, slots=True)
class Ordinary:
    """Messages of one kind, however near to a condition they sound."""

    messages: tuple[str, ...]


def load_ordinary(data: Path) -> list[str]:
    """All of them.

    Raises:
        DataFileError: naming file, entry and key.
    """
    kinds = entries(data / "ordinary", Ordinary).values()
    return [message for kind in kinds for message in kind.messages]
