"""Chooses how bookings are made, as the settings say."""

from __future__ import annotations

from frontdesk import settings
from frontdesk.domain.booking import Bookings
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.errors import SettingError
from frontdesk.gateways.console_bookings import ConsoleBookings
from frontdesk.gateways.outbox import Outbox, Postman

BUILT_IN = "console"
WAYS = (BUILT_IN,)


def bookings_of(database: str, clinic: Clinic) -> Bookings:
    """The booking port of this clinic, with a postman who delivers what was kept.

    Raises:
        SettingError: ``FRONTDESK_BOOKINGS`` names no way we know.
    """
    way = settings.text("FRONTDESK_BOOKINGS", BUILT_IN)
    if way not in WAYS:
        raise SettingError("FRONTDESK_BOOKINGS", f"must be one of {', '.join(WAYS)}")
    outbox = Outbox(database)
    port = settings.port(settings.CONSOLE_PORT)
    address = settings.text("FRONTDESK_CONSOLE_URL", f"http://127.0.0.1:{port}")
    bookings = ConsoleBookings(address, settings.bookings_token(), outbox)
    Postman(outbox, bookings.send).start()
    return bookings
