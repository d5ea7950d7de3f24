"""The product with every messaging channel on, each at its provider's stand-in."""

from __future__ import annotations

import itertools
import json
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.channels.providers.messenger import Messenger
from tests.channels.providers.slack import Slack
from tests.channels.providers.standin import PUBLIC, StandIn
from tests.channels.providers.telegram import Telegram
from tests.channels.providers.twilio import Twilio
from tests.channels.providers.whatsapp import WhatsApp
from tests.stack import GENEROUS, Stack

PROVIDERS: list[type[StandIn]] = [Telegram, Twilio, WhatsApp, Messenger, Slack]
PEOPLE = itertools.count(15_550_001_000)


class Messengers:
    """The product and the providers' stand-ins."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.providers = {one.name: one() for one in PROVIDERS}
        many = "100000 per second"
        given = {
            "FRONTDESK_ASSISTANT_URL": PUBLIC,
            "FRONTDESK_CHANNEL_PACE": many,
            "FRONTDESK_SENDER_PACE": many,
        }
        for provider in self.providers.values():
            given |= provider.env
        self.stack = Stack(folder, **(GENEROUS | given | env))
        for name, provider in self.providers.items():
            provider.webhook = f"{self.stack.api}/webhooks/{name}/webhook"
        self.token = self.stack.token

    def close(self) -> None:
        self.stack.close()
        for provider in self.providers.values():
            provider.close()

    def rows(self, query: str, *given: str) -> list[tuple[Any, ...]]:
        """Look into the channels' database."""
        with sqlite3.connect(self.stack.folder / "website.db") as database:
            return database.execute(query, given).fetchall()

    def conversations(self, name: str) -> set[str]:
        query = "SELECT conversation FROM channel_person WHERE channel = ?"
        return {row[0] for row in self.rows(query, name)}

    def append(self, conversation: str, *events: dict[str, Any]) -> tuple[int, str]:
        """What the console does: add events to a conversation, and have them carried out."""
        address = (
            f"{self.stack.api}/conversations/{conversation}/tracker/events"
            f"?token={self.token}&execute_side_effects=true&output_channel=latest"
        )
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(address, json.dumps(events).encode(), headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as told:
                return told.status, ""
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())["message"]

    def execute(self, change: str, *given: str) -> None:
        """Change something in the channels' database."""
        with sqlite3.connect(self.stack.folder / "website.db", timeout=10) as database:
            database.execute(change, given)

    def age(self, conversation: str, days: int = 1) -> None:
        """Make somebody's last message older."""
        change = "UPDATE channel_person SET heard_at = heard_at - ? WHERE conversation = ?"
        self.execute(change, str(days * 86_400 + 60), conversation)

    def tracker(self, conversation: str) -> dict[str, Any]:
        """The conversation as Rasa holds it."""
        address = f"{self.stack.api}/conversations/{conversation}/tracker?token={self.token}"
        with urllib.request.urlopen(address) as told:
            tracker: dict[str, Any] = json.load(told)
        return tracker

    def turns(self, conversation: str) -> int:
        """How many messages the assistant has read in a conversation."""
        return sum(event["event"] == "user" for event in self.tracker(conversation)["events"])


@pytest.fixture(scope="session")
def messengers(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Messengers]:
    """Everything, with limits too high to meet."""
    running = Messengers(tmp_path_factory.mktemp("messengers"))
    try:
        running.stack.start("assistant", "actions", "console")
        yield running
    finally:
        running.close()


@pytest.fixture(params=[one.name for one in PROVIDERS])
def provider(request: pytest.FixtureRequest, messengers: Messengers) -> StandIn:
    """Each provider in turn, with what it refused in other tests forgotten."""
    one = messengers.providers[request.param]
    one.refused.clear()
    return one


@pytest.fixture
def person() -> str:
    """Somebody who never wrote before."""
    return str(next(PEOPLE))
