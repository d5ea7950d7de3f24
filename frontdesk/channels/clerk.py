"""Works off a channel's mailbox: each conversation in order, several of them at a time."""

from __future__ import annotations

import asyncio
import contextlib
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence

import structlog

from frontdesk.channels.delivery import Undeliverable
from frontdesk.channels.mailbox import HELD, Letter, Mailbox, Piece
from frontdesk.log import where

SWEEP = 1.0  # seconds between looks for what another worker left
FORGET = 3600.0  # seconds between deletions of what is long over
GRACE = 5.0  # seconds in which the step at hand may end before the process does
TRIES = 3  # after which a letter that cannot be answered is given up

log = structlog.get_logger()


class Clerk:
    """Answers what was accepted, and takes up what somebody else left unfinished.

    Args:
        channel: its name, for the log.
        answer: makes the pieces that answer a letter.
        send: brings one piece to its person, or raises ``Undeliverable``.
        forget: deletes what is long over.
        is_ready: whether the assistant can answer yet; until then everything waits.
    """

    def __init__(
        self,
        channel: str,
        mailbox: Mailbox,
        answer: Callable[[Letter], Awaitable[Sequence[Piece]]],
        send: Callable[[str, Piece], Awaitable[None]],
        forget: Callable[[], None],
        is_ready: Callable[[], bool],
    ) -> None:
        self._log = log.bind(channel=channel)
        self._mailbox, self._answer, self._send = mailbox, answer, send
        self._forget, self._is_ready = forget, is_ready
        self._me = uuid.uuid4().hex
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._sweeping: asyncio.Task[None] | None = None
        self._is_stopping = False

    def start(self) -> None:
        """Begin with what was left over."""
        self._sweeping = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """End what is being sent; whoever starts next goes on with the rest."""
        self._is_stopping = True
        tasks = list(self._tasks.values())
        if self._sweeping:
            self._sweeping.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=GRACE)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self, conversation: str) -> None:
        """There is something to do in a conversation."""
        if conversation not in self._tasks:
            self._tasks[conversation] = asyncio.create_task(self._serve(conversation))

    async def _sweep(self) -> None:
        forget_at = 0.0
        while True:
            try:
                for conversation in self._mailbox.left_over():
                    self.wake(conversation)
                if time.monotonic() > forget_at:
                    forget_at = time.monotonic() + FORGET
                    self._forget()
            except Exception as error:
                self._log.error("channel.sweep_failed", where=where(error))
            await asyncio.sleep(SWEEP)

    async def _serve(self, conversation: str) -> None:
        holding: asyncio.Task[None] | None = None
        try:
            if self._is_ready() and self._mailbox.hold(conversation, self._me):
                holding = asyncio.create_task(self._keep_holding(conversation))
                while not self._is_stopping and await self._step(conversation):
                    pass
        except Exception as error:
            self._log.error("channel.work_failed", where=where(error))
        finally:
            if holding is not None:
                holding.cancel()
                with contextlib.suppress(Exception):  # it runs out by itself
                    self._mailbox.let_go(conversation, self._me)
            del self._tasks[conversation]

    async def _keep_holding(self, conversation: str) -> None:
        while True:
            await asyncio.sleep(HELD / 3)
            with contextlib.suppress(Exception):  # the next time may do
                self._mailbox.hold(conversation, self._me)

    async def _step(self, conversation: str) -> bool:
        """Send the next piece, or else answer the next letter; whether there was either."""
        leaving = self._mailbox.leaving(conversation)
        if leaving is not None:
            seq, piece = leaving
            try:
                await self._send(conversation, piece)
            except Undeliverable as error:
                self._log.error("channel.undeliverable", code=error.code)
            self._mailbox.arrived(seq)
            return True
        letter = self._mailbox.next(conversation)
        if letter is None:
            return False
        if letter.tries > TRIES:
            self._log.error("channel.given_up", tries=letter.tries)
            self._mailbox.answered(letter, [])
        else:
            self._mailbox.answered(letter, await self._answer(letter))
        return True
