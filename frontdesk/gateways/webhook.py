"""Hands each wish to another booking system: signed, kept until it arrived, never twice."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import requests

from frontdesk.domain.booking import Booking, BookingUnavailable, Wish, requested
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import FrontdeskError
from frontdesk.gateways.console_bookings import as_body
from frontdesk.gateways.elsewhere import Elsewhere
from frontdesk.gateways.outbox import Letter, Outbox, Refused

PATIENCE = (3.0, 10.0)  # seconds to connect, and to be answered
KIND = "webhook"
TIMESTAMP, SIGNATURE = "X-Frontdesk-Timestamp", "X-Frontdesk-Signature"
# Answers after which the same again may still be taken.
LATER = (408, 425, 429)

Payload = Callable[[Wish], dict[str, Any]]


class Webhook(Elsewhere):
    """Every wish is a request: the other system confirms it, and tells the visitor."""

    def __init__(
        self, address: str, secret: str, outbox: Outbox, clinic: Clinic, payload: Payload = as_body
    ) -> None:
        self._address, self._secret = address, secret.encode()
        super().__init__(clinic)
        self._outbox, self._payload = outbox, payload
        self._session = requests.Session()

    def book(self, wish: Wish, key: str) -> Booking:
        """Keep it, try to deliver it at once, and leave the rest to the postman (see Bookings)."""
        body = self._payload(wish)
        self._outbox.write(key, KIND, body)
        try:
            self.send(Letter(key, KIND, body))
        except Refused:
            self._outbox.remove(key)
            raise
        except FrontdeskError:
            self._outbox.release(key)
        else:
            self._outbox.remove(key)
        return requested(wish)

    def send(self, letter: Letter) -> None:
        """Post a letter.

        Raises:
            BookingUnavailable: no answer, or one that may change.
            Refused: it will never be taken.
        """
        content = json.dumps(letter.body, separators=(",", ":"), sort_keys=True).encode()
        stamp = str(int(time.time()))
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": letter.key,
            TIMESTAMP: stamp,
            SIGNATURE: signature(self._secret, stamp, content),
        }
        try:
            answer = self._session.post(
                self._address,
                data=content,
                headers=headers,
                timeout=PATIENCE,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise BookingUnavailable("the booking system does not answer") from error
        if 200 <= answer.status_code < 300:
            return
        if 400 <= answer.status_code < 500 and answer.status_code not in LATER:
            raise Refused(f"answered {answer.status_code}")
        raise BookingUnavailable(f"answered {answer.status_code}")


def signature(secret: bytes, stamp: str, content: bytes) -> str:
    """What proves that a body is ours: HMAC-SHA256 over the time, a dot and the body, in hex.

    The receiver computes the same, compares in constant time and refuses old times.
    """
    signed = hmac.new(secret, stamp.encode() + b"." + content, hashlib.sha256)
    return f"sha256={signed.hexdigest()}"
