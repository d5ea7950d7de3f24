"""The `rasa init` bot as it is served: one process, spoken to through Rasa's REST channel."""

from __future__ import annotations

import uuid
from pathlib import Path

import aiohttp

from benchmarks.bots import Bot, Say
from benchmarks.places import foreign
from benchmarks.processes import Server


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
        self.servers.append(Server("reference", command, self._folder, foreign()))

    async def converse(self, http: aiohttp.ClientSession) -> Say:
        """Begin a conversation of the REST channel, which opens with its first message."""
        sender = str(uuid.uuid4())

        async def say(text: str) -> bool:
            body = {"sender": sender, "message": text}
            async with http.post(f"{self.address}/webhooks/rest/webhook", json=body) as told:
                return told.status == 200 and bool(await told.json())

        return say
