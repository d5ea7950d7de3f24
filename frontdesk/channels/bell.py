"""Tells the open streams of a conversation that something new was said."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any


class Bell:
    """Wakes the streams of a conversation in this process."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}

    def ring(self, conversation: str) -> None:
        """Something new is in the transcript."""
        for event in self._waiting.get(conversation, ()):
            event.set()

    @contextlib.contextmanager
    def listening(self, conversation: str) -> Any:
        """An event set at each ring while in the block."""
        event = asyncio.Event()
        self._waiting.setdefault(conversation, set()).add(event)
        try:
            yield event
        finally:
            self._waiting[conversation].discard(event)
            if not self._waiting[conversation]:
                del self._waiting[conversation]
