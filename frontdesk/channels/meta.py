"""What WhatsApp and Messenger share as Meta's: signature, challenge, errors."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, text

from frontdesk.channels.delivery import (
    OUTSIDE_WINDOW,
    REFUSED,
    Carrier,
    Told,
    TryLater,
    Undeliverable,
)
from frontdesk.channels.genuine import is_same
from frontdesk.channels.heard import dig, word

GRAPH = "https://graph.facebook.com/v21.0"
HEADER = "x-hub-signature-256"
# error codes that mean: too many at once, or a fault that passes
PASSING = {"1", "2", "4", "32", "613", "80006", "80007", "130429", "131016", "131048", "131056"}
PASSING |= {"131057", "133004"}
WINDOW_CLOSED = {"131047"}
WINDOW_CLOSED_SUBCODES = {"2018278"}


def is_signed(request: Request, secret: str) -> bool:
    """Whether the body carries Meta's signature, by SHA-256 and no other way."""
    digest = hmac.new(secret.encode(), request.body, hashlib.sha256).hexdigest()
    return is_same(request.headers.get(HEADER, ""), f"sha256={digest}")


def challenge(request: Request, expected: str) -> HTTPResponse | None:
    """The answer to Meta's look at a new webhook, when it knows the word agreed on."""
    asked = str(request.args.get("hub.challenge", ""))
    is_meta = is_same(str(request.args.get("hub.verify_token", "")), expected)
    if request.args.get("hub.mode") == "subscribe" and is_meta and asked.isalnum():
        return text(asked)
    return None


async def create(carrier: Carrier, url: str, token: str, body: dict[str, Any]) -> Any:
    """Make one request of the Graph API.

    Returns:
        The body of the answer.

    Raises:
        TryLater: it asks us to wait.
        Undeliverable: it will not take this.
    """
    told = await carrier.call(url, json=body, headers={"Authorization": f"Bearer {token}"})
    if told.status == 200 and not dig(told.body, "error"):
        return told.body
    raise _refusal(told)


def _refusal(told: Told) -> TryLater | Undeliverable:
    code = word(told.body, "error", "code")
    subcode = word(told.body, "error", "error_subcode")
    if told.status == 429 or code in PASSING:
        return TryLater(told.retry_after)
    is_closed = code in WINDOW_CLOSED or subcode in WINDOW_CLOSED_SUBCODES
    kind = OUTSIDE_WINDOW if is_closed else REFUSED
    return Undeliverable(kind, f"Meta answered {told.status}, code {code or 'none'}")
