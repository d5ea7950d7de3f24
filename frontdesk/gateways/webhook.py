"""Hands each wish to another booking system: signed, kept until it arrived, never twice."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import requests

from frontdesk.domain.booking import Booking, Bookings, BookingUnavailable, Kind, Proof, Slot, Wish
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import FrontdeskError
from frontdesk.gateways.console_bookings import as_body
from frontdesk.gateways.opening import open_times
from frontdesk.gateways.outbox import Letter, Outbox, Refused

PATIENCE = (3.0, 10.0)  # seconds to connect, and to be answered
KIND = "webhook"
TIMESTAMP, SIGNATURE = "X-Frontdesk-Timestamp", "X-Frontdesk-Signature"
# Answers after which the same again may still be taken.
LATER = (408, 425, 429)

Payload = Callable[[Wish], dict[str, Any]]


class Webhook(Bookings):
    """Every wish is a request: the other system confirms it, and tells the visitor."""

    def __init__(
        self, address: str, secret: str, outbox: Outbox, clinic: Clinic, payload: Payload = as_body
    ) -> None:
        self._address, self._secret = address, secret.encode()
        self._outbox, self._clinic, self._payload = outbox, clinic, payload
        self._session = requests.Session()

    def free(
        self,
        treatment: str,
        minutes: int,
        after: datetime.datetime,
        until: datetime.datetime,
        limit: int = 3,
    ) -> list[Slot]:
        """Times at which the clinic is open (see Bookings)."""
        return open_times(self._clinic, minutes, after, until, limit)

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
        return Booking(
            reference=wish.reference,
            kind=Kind.REQUEST,
            status="requested",
            treatment=wish.treatment,
            starts_at=wish.starts_at,
            minutes=wish.minutes,
        )

    def find(self, reference: str, proof: Proof) -> Booking:
        """Only the other system knows (see Bookings)."""
        raise BookingUnavailable("visits are kept by another system")

    def move(self, reference: str, proof: Proof, to: datetime.datetime, key: str) -> Booking:
        """Only the other system can (see Bookings)."""
        raise BookingUnavailable("visits are kept by another system")

    def cancel(self, reference: str, proof: Proof, key: str) -> Booking:
        """Only the other system can (see Bookings)."""
        raise BookingUnavailable("visits are kept by another system")

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
