"""What each of the two bots can do in a measurement: start, converse, read, stop."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from benchmarks.processes import Server, free_port

Say = Callable[[str], Awaitable[bool]]


class Bot(ABC):
    """A bot of Rasa's, which can be started and stopped again and again."""

    name: str

    def __init__(self) -> None:
        self._port = free_port()
        self.address = f"http://127.0.0.1:{self._port}"
        self.servers: list[Server] = []

    @abstractmethod
    def start(self) -> None:
        """Start its processes without waiting for them."""

    @abstractmethod
    async def converse(self, http: aiohttp.ClientSession) -> Say:
        """Open a conversation.

        Returns:
            What sends one message of it, and tells whether there was an answer.
        """

    def _rasa(self, path: str) -> str:
        return f"{self.address}{path}"

    def check(self) -> None:
        """Make sure that its processes run.

        Raises:
            NotMeasured: one stopped by itself.
        """
        for server in self.servers:
            server.check()

    async def is_loaded(self, http: aiohttp.ClientSession) -> bool:
        """Whether its server is up and holds a model."""
        self.check()
        try:
            async with http.get(self._rasa("/status")) as told:
                return told.status == 200 and bool((await told.json()).get("model_file"))
        except aiohttp.ClientConnectionError:
            return False

    async def read(self, http: aiohttp.ClientSession, text: str) -> dict[str, Any]:
        """What it makes of a message: intent and entities."""
        async with http.post(self._rasa("/model/parse"), json={"text": text}) as told:
            told.raise_for_status()
            reading: dict[str, Any] = await told.json()
            return reading

    def memory(self) -> float:
        """Megabytes its processes hold."""
        return sum(server.memory() for server in self.servers)

    def stop(self) -> None:
        """Stop its processes."""
        while self.servers:
            self.servers.pop().stop()
