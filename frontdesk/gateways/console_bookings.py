"""Books in the console's own calendar, over its internal API."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import requests

from frontdesk.domain.booking import (
    Booking,
    Bookings,
    BookingUnavailable,
    Kind,
    NotOpen,
    Proof,
    Slot,
    SlotTaken,
    TooManyTries,
    UnknownBooking,
    Wish,
    requested,
)
from frontdesk.gateways.outbox import Letter, Outbox, Refused

# Seconds to connect, and to be answered: an action that asks twice must end within three.
PATIENCE, BOOKING_PATIENCE = (0.5, 1.2), (0.5, 2.2)
BOOK = "book"


class ConsoleBookings(Bookings):
    """The built-in way: each wish is written into the outbox before it is sent.

    So none is lost when either side dies in between, and the key keeps it from being booked twice.
    """

    def __init__(self, address: str, token: str, outbox: Outbox) -> None:
        self._address = address.rstrip("/") + "/api/bookings"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"
        self._session.trust_env = False  # no proxy stands between two processes of ours
        self._outbox = outbox

    def free(
        self,
        treatment: str,
        minutes: int,
        after: datetime.datetime,
        until: datetime.datetime,
        limit: int = 3,
    ) -> list[Slot]:
        """The first free times (see Bookings)."""
        asked = {
            "treatment": treatment,
            "minutes": str(minutes),
            "after": after.isoformat(),
            "until": until.isoformat(),
            "limit": str(limit),
        }
        return _slots(self._call("GET", "/slots", params=asked))

    def book(self, wish: Wish, key: str) -> Booking:
        """Book or request (see Bookings); without an answer, keep it until there is one."""
        body = as_body(wish)
        self._outbox.write(key, BOOK, body)
        try:
            answer = self._call(
                "POST",
                "",
                timeout=BOOKING_PATIENCE,
                json=body,
                headers={"Idempotency-Key": key},
            )
        except BookingUnavailable:
            self._outbox.release(key)
            return requested(wish, is_kept_here=True)
        except Exception:
            self._outbox.remove(key)  # it was refused, and the visitor is told
            raise
        self._outbox.remove(key)
        return _booking(answer)

    def find(self, reference: str, proof: Proof) -> Booking:
        """A booking that is theirs (see Bookings)."""
        return _booking(self._call("POST", "/find", json=_claim(reference, proof)))

    def move(self, reference: str, proof: Proof, to: datetime.datetime, key: str) -> Booking:
        """Another time (see Bookings)."""
        body = _claim(reference, proof) | {"starts_at": to.isoformat()}
        return _booking(self._call("POST", "/move", json=body, headers={"Idempotency-Key": key}))

    def cancel(self, reference: str, proof: Proof, key: str) -> Booking:
        """Call it off (see Bookings)."""
        body = _claim(reference, proof)
        return _booking(self._call("POST", "/cancel", json=body, headers={"Idempotency-Key": key}))

    def send(self, letter: Letter) -> None:
        """Deliver a letter of the outbox.

        Raises:
            BookingUnavailable: still nobody answers.
            Refused: the time was given to somebody else meanwhile, or the wish is not accepted.
        """
        try:
            self._call("POST", "", json=letter.body, headers={"Idempotency-Key": letter.key})
        except BookingUnavailable:
            raise
        except Exception as error:
            raise Refused(getattr(error, "code", "refused")) from error

    def _call(
        self, method: str, path: str, timeout: tuple[float, float] = PATIENCE, **options: Any
    ) -> Mapping[str, Any]:
        try:
            answer = self._session.request(method, self._address + path, timeout=timeout, **options)
            told = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise BookingUnavailable("the booking side does not answer") from error
        if answer.ok and isinstance(told, dict):
            return told
        raise _error(answer.status_code, told if isinstance(told, dict) else {})


def as_body(wish: Wish) -> dict[str, Any]:
    """A wish as the API takes it."""
    return {
        "treatment": wish.treatment,
        "minutes": wish.minutes,
        "starts_at": wish.starts_at.isoformat(),
        "kind": wish.kind.value,
        "for_whom": wish.for_whom.value,
        "client_name": wish.client_name,
        "contact_name": wish.contact_name,
        "phone": wish.phone,
        "email": wish.email,
        "verdict": wish.verdict.value,
        "reasons": list(wish.reasons),
        "conversation": wish.conversation,
        "reference": wish.reference,
    }


def _claim(reference: str, proof: Proof) -> dict[str, str]:
    return {
        "reference": reference,
        "conversation": proof.conversation,
        "digits": proof.digits,
    }


def _booking(told: Mapping[str, Any]) -> Booking:
    try:
        return Booking(
            reference=str(told["reference"]),
            kind=Kind(told["kind"]),
            status=str(told["status"]),
            treatment=str(told["treatment"]),
            starts_at=datetime.datetime.fromisoformat(told["starts_at"]),
            minutes=int(told["minutes"]),
            therapist=str(told.get("therapist") or ""),
            calendar=str(told.get("calendar") or ""),
            is_late=bool(told.get("is_late")),
        )
    except (KeyError, ValueError, TypeError) as error:
        raise BookingUnavailable("the booking side answers what we do not understand") from error


def _slots(told: Mapping[str, Any]) -> list[Slot]:
    try:
        return [
            Slot(
                datetime.datetime.fromisoformat(one["starts_at"]),
                int(one["minutes"]),
                str(one.get("therapist") or ""),
            )
            for one in told.get("slots") or []
        ]
    except (KeyError, ValueError, TypeError) as error:
        raise BookingUnavailable("the booking side answers what we do not understand") from error


def _error(status: int, told: Mapping[str, Any]) -> Exception:
    code = str(told.get("error") or "")
    if code == SlotTaken.code:
        return SlotTaken(_slots(told))
    if code == NotOpen.code:
        return NotOpen(_slots(told))
    if code == UnknownBooking.code or status == 404:
        return UnknownBooking("no such booking")
    if code == TooManyTries.code or status == 429:
        return TooManyTries("too many tries")
    if 400 <= status < 500 and status not in (401, 403, 408):
        return Refused(code or "refused")
    return BookingUnavailable("the booking side does not answer")
