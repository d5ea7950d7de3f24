"""Sends people to the clinic's own booking page, with what they said already filled in."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from frontdesk.domain.booking import Booking, Wish, requested
from frontdesk.domain.clinic import Clinic
from frontdesk.gateways.elsewhere import Elsewhere


class LinkOut(Elsewhere):
    """Books nothing itself; no word about anybody's health is in the address."""

    def __init__(self, address: str, clinic: Clinic) -> None:
        super().__init__(clinic)
        self._address = address

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
        link = urlunsplit(parts._replace(query=urlencode(query)))
        return requested(wish, "linked", link=link)
