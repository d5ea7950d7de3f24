"""What WhatsApp's and Messenger's stand-ins share: signatures and errors of the Graph API."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from tests.channels.providers.standin import Asked, Reply, StandIn

SECRET = "0123456789abcdef0123456789abcdef"
VERIFY = "a-word-agreed-on"
TOKEN = "EAAexampleexampleexample"


def signature(body: bytes, secret: str = SECRET, name: str = "sha256") -> str:
    return f"{name}=" + hmac.new(secret.encode(), body, getattr(hashlib, name)).hexdigest()


class Meta(StandIn):
    def no(self, status: int, code: int, why: str, subcode: int = 0) -> Reply:
        error = {"message": why, "type": "OAuthException", "code": code, "error_subcode": subcode}
        return self.refuse(why, Reply(status, {"error": error}))

    def answer(self, asked: Asked) -> Reply:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return self.no(401, 190, "Invalid OAuth access token")
        if asked.method == "GET":
            return Reply(200, {"id": "1", "name": "Harborside"})
        return self.send(asked.path, asked.json)

    def send(self, path: str, body: dict[str, Any]) -> Reply:
        raise NotImplementedError

    def signed(self, body: bytes) -> dict[str, str]:
        return {"Content-Type": "application/json", "X-Hub-Signature-256": signature(body)}

    def busy(self, seconds: int) -> list[Reply]:
        told = {"error": {"message": "Rate limit hit", "code": 130429}}
        return [Reply(429, told, {"Retry-After": str(seconds)})]
