"""A visitor's side of the website channel, over real HTTP."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from typing import Any


class Answer:
    """A response: status, body and headers."""

    def __init__(self, status: int, body: Any, headers: dict[str, str]) -> None:
        self.status, self.body, self.headers = status, body, headers


def call(address: str, body: Any = None, token: str = "", method: str = "") -> Answer:
    """One request; ``body`` is sent as JSON, or as it is when it is bytes."""
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    request = urllib.request.Request(address, data, headers, method=method or None)
    try:
        with urllib.request.urlopen(request, timeout=30) as told:
            return Answer(told.status, json.loads(told.read() or b"{}"), _lower(told.headers))
    except urllib.error.HTTPError as error:
        return Answer(error.code, json.loads(error.read() or b"{}"), _lower(error.headers))


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


class Visitor:
    """One person with one conversation."""

    def __init__(self, chat: str) -> None:
        self.chat = chat
        opened = call(f"{chat}/session", method="POST")
        assert opened.status == 201, opened.body
        self.token: str = opened.body["session"]
        self.heard: list[dict[str, Any]] = list(opened.body["messages"])

    def send(self, body: dict[str, Any]) -> Answer:
        return call(f"{self.chat}/messages", body, self.token)

    def say(self, text: str) -> list[dict[str, Any]]:
        """Write something and hear the answers."""
        return self._hear(self.send({"id": str(uuid.uuid4()), "text": text}))

    def press(self, title: str) -> list[dict[str, Any]]:
        """Press the newest button of that title and hear the answers."""
        offered = [b for m in reversed(self.heard) for b in m["buttons"] if b["title"] == title]
        assert offered, f"no button '{title}'; there are {self.titles()}"
        return self._hear(self.send({"id": str(uuid.uuid4()), "button": offered[0]["id"]}))

    def _hear(self, answer: Answer) -> list[dict[str, Any]]:
        assert answer.status == 200, (answer.status, answer.body)
        self.heard += answer.body["messages"]
        return [m for m in answer.body["messages"] if m["from"] != "visitor"]

    def titles(self) -> list[str]:
        """The buttons under the last message."""
        return [button["title"] for button in self.heard[-1]["buttons"]]

    def history(self, after: int = 0) -> Answer:
        return call(f"{self.chat}/messages?after={after}", token=self.token)


def texts(messages: list[dict[str, Any]]) -> str:
    return "\n".join(message["text"] for message in messages)


def claims(messages: list[dict[str, Any]]) -> set[str]:
    return {source["claim"] for message in messages for source in message["sources"]}
