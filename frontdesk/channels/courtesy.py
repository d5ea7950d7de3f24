"""Lets those who wait at the website go before those who wrote to a telephone."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator

from sanic import Sanic

LONGEST = 0.5  # seconds that a telephone's message stands back for the website's
BREATH = 0.02  # seconds without a visitor after which it is taken that none is about to write


class Courtesy:
    """Knows whether the website waits for an answer, in this process.

    Somebody looks at the chat window while the assistant thinks; a message to a telephone is read
    when it rings. So a flood of the second does not slow the first.
    """

    def __init__(self) -> None:
        self._waiting = 0
        self._is_free = asyncio.Event()
        self._is_free.set()

    @contextlib.contextmanager
    def visitor(self) -> Iterator[None]:
        """A visitor of the website waits while in the block."""
        self._waiting += 1
        self._is_free.clear()
        try:
            yield
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._is_free.set()

    async def stand_back(self) -> None:
        """Wait until no visitor waits, but no longer than it is fair."""
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._calm(), LONGEST)

    async def _calm(self) -> None:
        is_calm = False
        while not is_calm:
            await self._is_free.wait()
            await asyncio.sleep(BREATH)
            is_calm = self._is_free.is_set()


def courtesy(app: Sanic) -> Courtesy:
    """The one of a server."""
    if not hasattr(app.ctx, "frontdesk_courtesy"):
        app.ctx.frontdesk_courtesy = Courtesy()
    known: Courtesy = app.ctx.frontdesk_courtesy
    return known
