"""Chooses how bookings are made, as the settings say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from urllib.parse import urlsplit

from frontdesk import settings
from frontdesk.domain.booking import Bookings
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import SettingError
from frontdesk.gateways.console_bookings import ConsoleBookings, as_body
from frontdesk.gateways.fhir import as_appointment
from frontdesk.gateways.link import LinkOut
from frontdesk.gateways.outbox import Outbox, Postman
from frontdesk.gateways.webhook import Webhook

BUILT_IN, WEBHOOK, FHIR, LINK = "console", "webhook", "fhir", "link"
WAYS = (BUILT_IN, WEBHOOK, FHIR, LINK)
WAY, ADDRESS, SECRET = "FRONTDESK_BOOKINGS", "FRONTDESK_BOOKINGS_URL", "FRONTDESK_BOOKINGS_SECRET"
SHORTEST_SECRET = 32


def bookings_of(database: str, clinic: Clinic, titles: Mapping[str, str]) -> Bookings:
    """The booking port of this clinic, with a postman who delivers what was kept.

    Raises:
        SettingError: a setting is missing or wrong.
    """
    way = settings.text(WAY, BUILT_IN)
    if way not in WAYS:
        raise SettingError(WAY, f"must be one of {', '.join(WAYS)}")
    if way == LINK:
        return LinkOut(_address(), clinic)
    outbox = Outbox(database)
    bookings = _console(outbox) if way == BUILT_IN else _webhook(way, outbox, clinic, titles)
    Postman(outbox, bookings.send).start()
    return bookings


def _console(outbox: Outbox) -> ConsoleBookings:
    port = settings.port(settings.CONSOLE_PORT)
    address = settings.text("FRONTDESK_CONSOLE_URL", f"http://127.0.0.1:{port}")
    return ConsoleBookings(address, settings.bookings_token(), outbox)


def _webhook(way: str, outbox: Outbox, clinic: Clinic, titles: Mapping[str, str]) -> Webhook:
    secret = settings.text(SECRET, "")
    if len(secret) < SHORTEST_SECRET:
        raise SettingError(SECRET, f"must have {SHORTEST_SECRET} characters or more")
    payload = partial(as_appointment, titles=titles) if way == FHIR else as_body
    return Webhook(_address(), secret, outbox, clinic, payload)


def _address() -> str:
    address = settings.text(ADDRESS, "")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise SettingError(ADDRESS, "must be an address like https://booking.example.com/new")
    return address
