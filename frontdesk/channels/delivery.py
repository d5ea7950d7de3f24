"""Sends to providers without blocking, and tries again as they ask."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp

from frontdesk.channels.heard import decoded
from frontdesk.domain.errors import FrontdeskError

FIRST_WAIT, LONGEST_WAIT = 0.5, 60.0  # seconds between tries, doubled each time
TIMEOUT = aiohttp.ClientTimeout(total=10)
OUTSIDE_WINDOW, REFUSED, UNREACHABLE = "outside_window", "refused", "unreachable"
Sent = TypeVar("Sent")


class Undeliverable(FrontdeskError):
    """A message that did not reach its person; the text begins with the code."""

    def __init__(self, code: str, why: str = "") -> None:
        self.code = code
        super().__init__(f"{code}: {why}" if why else code)


class TryLater(FrontdeskError):
    """The provider cannot take it now; ``wait`` is how many seconds it asks for, 0 if none."""

    code = "try_later"

    def __init__(self, wait: float = 0.0) -> None:
        self.wait = wait
        super().__init__(f"in {wait} s")


@dataclass(frozen=True, slots=True)
class Told:
    """A provider's answer."""

    status: int
    body: Any
    retry_after: float


class Carrier:
    """The connections to one provider."""

    def __init__(self) -> None:
        self._http: aiohttp.ClientSession | None = None

    async def call(
        self,
        url: str,
        *,
        json: Any = None,
        data: Mapping[str, str] | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        method: str = "POST",
    ) -> Told:
        """Ask once.

        Raises:
            TryLater: no answer, too many requests, or a fault at the provider's.
        """
        if self._http is None or self._http.closed:
            self._http = aiohttp.ClientSession(timeout=TIMEOUT, trust_env=True)
        try:
            async with self._http.request(
                method, url, json=json, data=data, headers=headers, allow_redirects=False
            ) as answer:
                body = decoded(await answer.read())
                told = Told(answer.status, body, _seconds(answer.headers.get("Retry-After", "")))
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise TryLater from error
        if told.status >= 500:
            raise TryLater(told.retry_after)
        return told

    async def close(self) -> None:
        """Close the connections."""
        if self._http is not None:
            await self._http.close()


async def persist(attempt: Callable[[], Awaitable[Sent]], patience: float) -> Sent:
    """Try until it is sent, waiting as the provider asks, else longer each time.

    Raises:
        Undeliverable: it is refused for good, or ``patience`` seconds do not suffice.
    """
    ends, usual = time.monotonic() + patience, FIRST_WAIT
    while True:
        try:
            return await attempt()
        except TryLater as later:
            wait = later.wait or usual * random.uniform(0.8, 1.2)
            if time.monotonic() + wait > ends:
                raise Undeliverable(UNREACHABLE, "the provider did not take it") from later
        await asyncio.sleep(wait)
        usual = min(2 * usual, LONGEST_WAIT)


def _seconds(text: str) -> float:
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0.0
