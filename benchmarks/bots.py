"""The two bots as they are served: how to start each, talk to it and read a message with it."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks import places
from benchmarks.processes import Server, free_port
from frontdesk import settings

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

    async def is_loaded(self, http: aiohttp.ClientSession) -> bool:
        """Whether its server is up and holds a model."""
        for server in self.servers:
            server.check()
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


class Ours(Bot):
    """The assistant with its action server, spoken to as the chat window does."""

    name = "ours"

    def __init__(self) -> None:
        super().__init__()
        self._actions_port = free_port()

    def start(self) -> None:
        """Start the assistant and the action server together."""
        env = places.surroundings() | {
            "RASA_PORT": str(self._port),
            "ACTIONS_PORT": str(self._actions_port),
            "SANIC_HOST": "127.0.0.1",
            "LOG_LEVEL": "WARNING",
        }
        actions = ["-m", "rasa_sdk", "--actions", "actions", "--port", str(self._actions_port)]
        assistant = ["-m", "frontdesk.commands.assistant"]
        self.servers.append(Server("assistant", assistant, settings.ROOT, env))
        self.servers.append(Server("actions", actions, settings.ROOT, env))

    def _rasa(self, path: str) -> str:
        return f"{self.address}{path}?token={settings.api_token()}"

    async def converse(self, http: aiohttp.ClientSession) -> Say:
        """Open a session of the website channel."""
        door = f"{self.address}/webhooks/website"
        async with http.post(f"{door}/session") as told:
            told.raise_for_status()
            headers = {"Authorization": f"Bearer {(await told.json())['session']}"}

        async def say(text: str) -> bool:
            body = {"id": str(uuid.uuid4()), "text": text}
            async with http.post(f"{door}/messages", json=body, headers=headers) as told:
                messages = (await told.json())["messages"] if told.status == 200 else []
            answers = [one["text"] for one in messages if one["from"] == "assistant"]
            return bool(answers) and not any(one.startswith(APOLOGY) for one in answers)

        return say


# How the reply begins that is given when there is no answer (``utter_unavailable``).
APOLOGY = "I'm sorry, I can't answer right now"


class Reference(Bot):
    """A bot in a folder that ``rasa init`` made, spoken to through Rasa's REST channel."""

    name = "reference"

    def __init__(self, folder: Path, model: Path | None = None) -> None:
        super().__init__()
        self._folder = folder
        self._model = model or folder / "models"

    def start(self) -> None:
        """Start Rasa's server as it comes."""
        command = ["-m", "rasa", "run", "--enable-api", "--interface", "127.0.0.1"]
        command += ["--port", str(self._port), "--model", str(self._model)]
        self.servers.append(Server("reference", command, self._folder, places.foreign()))

    async def converse(self, http: aiohttp.ClientSession) -> Say:
        """Begin a conversation of the REST channel, which opens with its first message."""
        sender = str(uuid.uuid4())

        async def say(text: str) -> bool:
            body = {"sender": sender, "message": text}
            async with http.post(f"{self.address}/webhooks/rest/webhook", json=body) as told:
                return told.status == 200 and bool(await told.json())

        return say
