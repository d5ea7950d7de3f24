"""Our assistant as it is served: two processes, spoken to as the chat window does."""

from __future__ import annotations

import os
import uuid

import aiohttp

from benchmarks.bots import Bot, Say
from benchmarks.processes import Server, free_port
from benchmarks.words import words
from frontdesk import settings


def _apology() -> str:
    """How the reply begins that is given when there is no answer."""
    replies = words(settings.ROOT / "data" / "responses" / "notices.yml", "responses")
    text: str = replies["utter_unavailable"][0]["text"]
    return text.partition("{")[0]


class Ours(Bot):
    """The assistant with its action server, spoken to as the chat window does."""

    name = "ours"

    def __init__(self) -> None:
        super().__init__()
        self._actions_port = free_port()

    def start(self) -> None:
        """Start the assistant and the action server together."""
        env = os.environ | {
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

    async def is_loaded(self, http: aiohttp.ClientSession) -> bool:
        """Whether the action server is up too (see Bot)."""
        try:
            async with http.get(f"http://127.0.0.1:{self._actions_port}/health") as told:
                return told.status == 200 and await super().is_loaded(http)
        except aiohttp.ClientConnectionError:
            return False

    async def converse(self, http: aiohttp.ClientSession) -> Say:
        """Open a session of the website channel."""
        door = f"{self.address}/webhooks/website"
        async with http.post(f"{door}/session") as told:
            told.raise_for_status()
            headers = {"Authorization": f"Bearer {(await told.json())['session']}"}

        apology = _apology()

        async def say(text: str) -> bool:
            body = {"id": str(uuid.uuid4()), "text": text}
            async with http.post(f"{door}/messages", json=body, headers=headers) as told:
                messages = (await told.json())["messages"] if told.status == 200 else []
            answers = [one["text"] for one in messages if one["from"] == "assistant"]
            return bool(answers) and not any(one.startswith(apology) for one in answers)

        return say
