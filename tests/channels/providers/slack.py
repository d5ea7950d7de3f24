"""Slack's Web API, events and presses, in direct messages."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import time
import urllib.parse
from typing import Any

from tests.channels.providers.standin import Asked, Reply, Shown, StandIn

SECRET = "0123456789abcdef0123456789abcdef"
TOKEN = "xoxb-example-example"
TEAM = "T061EG9R6"
LINK = re.compile(r"<([^|<>]+)\|([^<>]*)>")
BOLD = re.compile(r"(?<!\w)\*(\S(?:.*?\S)?)\*(?!\w)")


def signature(body: bytes, at: str, secret: str = SECRET) -> str:
    words = f"v0:{at}:".encode() + body
    return "v0=" + hmac.new(secret.encode(), words, hashlib.sha256).hexdigest()


class Slack(StandIn):
    name = "slack"

    @property
    def env(self) -> dict[str, str]:
        return {
            "FRONTDESK_SLACK_TOKEN": TOKEN,
            "FRONTDESK_SLACK_SECRET": SECRET,
            "FRONTDESK_SLACK_API": self.address,
        }

    def no(self, error: str) -> Reply:
        return self.refuse(error, Reply(200, {"ok": False, "error": error}))

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return self.no("invalid_auth")
        method = asked.path.removeprefix("/")
        if method == "auth.test":
            return Reply(200, {"ok": True, "team": "Harborside", "user": "frontdesk"})
        if method not in ("chat.postMessage", "chat.update"):
            return self.no("unknown_method")
        body = asked.json
        if not body["channel"].startswith("D"):
            return self.no("channel_not_found")
        return self.written_to(body["channel"][1:], method, body)

    def written_to(self, person: str, method: str, body: dict[str, Any]) -> Reply:
        buttons: dict[str, str] = {}
        words = []
        if len(body["blocks"]) > 50:
            return self.no("invalid_blocks")
        for block in body["blocks"]:
            if block["type"] == "section":
                words.append(block["text"]["text"])
                if not 0 < len(words[-1]) <= 3000:
                    return self.no("invalid_blocks")
            elif block["type"] == "actions":
                if not 0 < len(block["elements"]) <= 25:
                    return self.no("invalid_blocks")
                for one in block["elements"]:
                    if len(one["text"]["text"]) > 75 or len(one["value"]) > 2000:
                        return self.no("invalid_blocks")
                    buttons[one["text"]["text"]] = one["value"]
        raw = "\n".join(words)
        if re.search(r"&(?!(amp|lt|gt);)", raw) or re.search(r"<(?![^<>]*>)", raw):
            return self.no("invalid_blocks")
        text = BOLD.sub(r"\1", LINK.sub(r"\2", raw))
        for sign, written in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            text = text.replace(sign, written)
        if method == "chat.update":
            for message in self.messages[person]:
                if message.id == body["ts"]:
                    message.text, message.raw, message.buttons = text, raw, buttons
                    return Reply(200, {"ok": True, "ts": body["ts"]})
            return self.no("message_not_found")
        return Reply(200, {"ok": True, "ts": self.show(person, text, raw, buttons)})

    def signed(self, body: bytes) -> dict[str, str]:
        at = str(int(time.time()))
        is_press = body.startswith(b"payload=")
        kind = "application/x-www-form-urlencoded" if is_press else "application/json"
        return {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": signature(body, at),
        }

    def event(self, **event: Any) -> bytes:
        told = {"team_id": TEAM, "api_app_id": "A1", "type": "event_callback", "event": event}
        return json.dumps({**told, "event_id": f"Ev{next(self.numbers)}"}).encode()

    def message(self, person: str, **more: Any) -> dict[str, Any]:
        told = {"type": "message", "channel": f"D{person}", "channel_type": "im"}
        return {**told, "user": f"U{person}", "ts": f"{next(self.numbers)}.0001", **more}

    def written(self, person: str, text: str, **more: Any) -> bytes:
        for sign, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            text = text.replace(sign, escaped)
        return self.event(**self.message(person, text=text, **more))

    def pressed(self, person: str, message: Shown, title: str) -> bytes:
        action = {"type": "button", "value": message.buttons[title], "action_id": "x"}
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": f"U{person}"},
            "channel": {"id": f"D{person}"},
            "container": {"type": "message", "message_ts": message.id},
            "actions": [{**action, "action_ts": f"{next(self.numbers)}.5"}],
        }
        return urllib.parse.urlencode({"payload": json.dumps(payload)}).encode()

    def busy(self, seconds: int) -> list[Reply]:
        told = {"ok": False, "error": "ratelimited"}
        return [Reply(429, told, {"Retry-After": str(seconds)})]
