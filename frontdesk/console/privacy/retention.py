"""How long what people wrote and booked is kept."""

from __future__ import annotations

from frontdesk import settings

DAYS = "FRONTDESK_RETENTION_DAYS"
BOOKING_DAYS = "FRONTDESK_KEEP_BOOKINGS_DAYS"
PROMISED = 90  # as the clinic's facts say


def days() -> int:
    """Days that a conversation is kept after its last word.

    Raises:
        SettingError: it is no whole number from 1 on.
    """
    return settings.number(DAYS, PROMISED)


def booking_days() -> int:
    """Days that an appointment is kept after its end; what the law asks for is the clinic's affair.

    Raises:
        SettingError: it is no whole number from 1 on.
    """
    return settings.number(BOOKING_DAYS, PROMISED)
