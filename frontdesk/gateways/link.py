"""Sends people to the clinic's own booking page, with what they said already filled in."""

from __future__ import annotations

import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from frontdesk.domain.booking import Booking, Bookings, BookingUnavailable, Kind, Proof, Slot, Wish
from frontdesk.domain.clinic import Clinic
from frontdesk.gateways.opening import open_times


class LinkOut(Bookings):
    """Books nothing itself; no word about anybody's health is in the address."""

    def __init__(self, address: str, clinic: Clinic) -> None:
        self._address, self._clinic = address, clinic

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
        """The page's address with the details in it (see Bookings)."""
        details = {
            "treatment": wish.treatment,
            "minutes": str(wish.minutes),
            "start": wish.starts_at.isoformat(timespec="minutes"),
            "name": wish.contact_name,
            "phone": wish.phone,
            "email": wish.email,
            "reference": wish.reference,
        }
        parts = urlsplit(self._address)
        query = [*parse_qsl(parts.query), *((k, v) for k, v in details.items() if v)]
        return Booking(
            reference=wish.reference,
            kind=Kind.REQUEST,
            status="linked",
            treatment=wish.treatment,
            starts_at=wish.starts_at,
            minutes=wish.minutes,
            link=urlunsplit(parts._replace(query=urlencode(query))),
        )

    def find(self, reference: str, proof: Proof) -> Booking:
        """Only the page knows (see Bookings)."""
        raise BookingUnavailable("visits are kept on the booking page")

    def move(self, reference: str, proof: Proof, to: datetime.datetime, key: str) -> Booking:
        """Only the page can (see Bookings)."""
        raise BookingUnavailable("visits are kept on the booking page")

    def cancel(self, reference: str, proof: Proof, key: str) -> Booking:
        """Only the page can (see Bookings)."""
        raise BookingUnavailable("visits are kept on the booking page")
