"""A provider's HTTP API on loopback: takes what we send as the provider would, and delivers."""

from __future__ import annotations

import http.client
import itertools
import json
import threading
import time
import urllib.parse
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE = 30.0  # seconds in which an answer has to come
PUBLIC = "https://chat.example.org"  # where providers think that we are


@dataclass
class Shown:
    """A message as the person sees it: its words without markup, and its buttons by title."""

    text: str
    raw: str
    id: str
    buttons: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Reply:
    """What the API answers."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A request of ours."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return dict(urllib.parse.parse_qsl(self.body.decode(), keep_blank_values=True))


class StandIn:
    """The parts that all providers share."""

    name = ""

    def __init__(self) -> None:
        self.messages: dict[str, list[Shown]] = defaultdict(list)
        self.asked: list[Asked] = []
        self.refused: list[str] = []  # what we sent and the provider would not take
        self.trouble: deque[Reply] = deque()  # what the next requests are answered instead
        self.numbers = itertools.count(1000)
        self.lock = threading.Lock()
        self.webhook = ""
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self) -> None:
                size = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                asked = Asked(self.command, self.path, headers, self.rfile.read(size))
                reply = stand_in.take(asked)
                data = json.dumps(reply.body).encode()
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = answer

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def take(self, asked: Asked) -> Reply:
        with self.lock:
            self.asked.append(asked)
            if self.trouble:
                return self.trouble.popleft()
            return self.answer(asked)

    def refuse(self, why: str, reply: Reply) -> Reply:
        self.refused.append(why)
        return reply

    def show(self, person: str, text: str, raw: str, buttons: dict[str, str]) -> str:
        message = str(next(self.numbers))
        self.messages[person].append(Shown(text, raw, message, buttons))
        return message

    # --- what each provider does its own way

    @property
    def env(self) -> dict[str, str]:
        """The settings that turn the channel on and send it here."""
        raise NotImplementedError

    def answer(self, asked: Asked) -> Reply:
        """What the API answers."""
        raise NotImplementedError

    def signed(self, body: bytes) -> dict[str, str]:
        """The headers of a genuine delivery."""
        raise NotImplementedError

    def written(self, person: str, text: str, **more: Any) -> bytes:
        """The body of a delivery: somebody wrote."""
        raise NotImplementedError

    def pressed(self, person: str, message: Shown, title: str) -> bytes:
        """The body of a delivery: somebody pressed a button."""
        raise NotImplementedError

    # --- deliveries

    def post(
        self, body: bytes, headers: dict[str, str], path: str = ""
    ) -> http.client.HTTPResponse:
        """One request to the webhook."""
        url = urllib.parse.urlsplit(self.webhook)
        connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=20)
        connection.request("POST", url.path + path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def deliver(self, body: bytes, tries: int = 20) -> int:
        """Deliver as the provider does, again until it is taken."""
        for _ in range(tries):
            try:
                status = self.post(body, self.signed(body)).status
            except OSError:
                status = 0
            if 200 <= status < 300:
                return status
            time.sleep(0.25)
        raise AssertionError(f"{self.name}: not taken, at last {status}")

    def say(self, person: str, text: str) -> None:
        self.deliver(self.written(person, text))

    def press(self, person: str, title: str) -> None:
        """Press the newest button of that title."""
        for message in reversed(self.messages[person]):
            if title in message.buttons:
                self.deliver(self.pressed(person, message, title))
                return
        raise AssertionError(f"{self.name}: no button '{title}'; there are {self.titles(person)}")

    # --- what the person sees

    def titles(self, person: str) -> list[str]:
        return next((list(m.buttons) for m in reversed(self.messages[person]) if m.buttons), [])

    def wait(self, what: str, is_so: Callable[[], bool], patience: float = PATIENCE) -> None:
        ends = time.monotonic() + patience
        while not is_so():
            assert time.monotonic() < ends, f"{self.name}: waited in vain for {what}"
            time.sleep(0.02)

    def hear(self, person: str, words: str, after: int = 0) -> Shown:
        """The first message with these words, as soon as it is there."""

        def found() -> list[Shown]:
            said = self.messages[person][after:]
            return [m for m in said if words.lower() in m.text.lower()]

        try:
            self.wait(words, lambda: bool(found()))
        except AssertionError as error:
            told = [message.text for message in self.messages[person][after:]]
            raise AssertionError(f"{error}; heard {told}, refused {self.refused[-3:]}") from None
        return found()[0]

    def ask(self, person: str, text: str, words: str) -> Shown:
        """Say something and hear words in the answer."""
        before = len(self.messages[person])
        self.say(person, text)
        return self.hear(person, words, before)

    def tap(self, person: str, title: str, words: str) -> Shown:
        """Press something and hear words in the answer."""
        before = len(self.messages[person])
        self.press(person, title)
        return self.hear(person, words, before)
