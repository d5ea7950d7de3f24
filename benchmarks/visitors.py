"""People who go through a bot's sample conversations, one message after another."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator

import aiohttp

from benchmarks.bots import Bot, Say
from benchmarks.places import NotMeasured
from benchmarks.words import words
from frontdesk.settings import ROOT

SAMPLES = ROOT / "benchmarks" / "conversations.yml"
SLOWEST_START = 240  # seconds after which a start is given up
POLL = 0.05  # seconds between looks whether a server is up


def browser() -> aiohttp.ClientSession:
    """What sends requests: connections are kept open, and as many as are needed."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=60)
    )


class Visitor:
    """Writes one message at a time; after each sample conversation a new one is opened."""

    def __init__(self, bot: Bot, http: aiohttp.ClientSession, first: int = 0) -> None:
        self._bot, self._http = bot, http
        samples = words(SAMPLES, "conversations")[bot.name]
        turned = samples[first % len(samples) :] + samples[: first % len(samples)]
        self._samples: Iterator[list[str]] = itertools.cycle(turned)
        self._left: list[str] = []
        self._say: Say | None = None

    async def write(self, *, always_the_same: bool = False) -> float:
        """Write the next message and wait for the answer.

        Args:
            always_the_same: stay in one conversation instead of opening new ones.

        Returns:
            The seconds from the message to the answer; opening a conversation is not in them.

        Raises:
            NotMeasured: there was no answer.
        """
        if not self._left:
            self._left = list(next(self._samples))
            if not (self._say and always_the_same):
                self._say = await self._bot.converse(self._http)
        text = self._left.pop(0)
        assert self._say is not None
        began = time.perf_counter()
        is_answered = await self._say(text)
        took = time.perf_counter() - began
        if not is_answered:
            raise NotMeasured(f"{self._bot.name} gave no answer to '{text}'")
        return took


async def started(bot: Bot, http: aiohttp.ClientSession) -> float:
    """Start a bot and get one answer of it.

    Returns:
        The seconds from the start of its processes to that answer.

    Raises:
        NotMeasured: a process stopped, or it takes too long.
    """
    began = time.monotonic()
    await loaded(bot, http)
    while not await _is_answered(bot, http):
        if time.monotonic() - began > SLOWEST_START:
            raise NotMeasured(f"{bot.name} gave no answer for {SLOWEST_START} s")
        await asyncio.sleep(POLL)
    return time.monotonic() - began


async def loaded(bot: Bot, http: aiohttp.ClientSession) -> None:
    """Start a bot and wait for its model.

    Raises:
        NotMeasured: a process stopped, or it takes too long.
    """
    ends = time.monotonic() + SLOWEST_START
    bot.start()
    while not await bot.is_loaded(http):
        if time.monotonic() > ends:
            raise NotMeasured(f"{bot.name} was not ready after {SLOWEST_START} s")
        await asyncio.sleep(POLL)


async def _is_answered(bot: Bot, http: aiohttp.ClientSession) -> bool:
    try:
        await Visitor(bot, http).write()
    except (NotMeasured, aiohttp.ClientError):
        return False
    return True
