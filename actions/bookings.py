"""Where the actions book, and how a booking is spoken of."""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Tracker

from actions.conversation import as_list
from actions.knowledge import clinic, treatments
from frontdesk import settings
from frontdesk.domain.booking import Booking, Bookings, BookingUnavailable, Slot
from frontdesk.gateways.choice import bookings_of

USUAL_MINUTES = 60
AHEAD = datetime.timedelta(days=60)  # how far ahead free times are looked for
SHOWN = 3  # free times on buttons
LOOKED_AT = 60  # free times among which those are chosen
NOON = 12


@lru_cache(maxsize=1)
def bookings() -> Bookings:
    """This clinic's way of booking, as its settings say."""
    titles = {name: one.title for name, one in treatments().items()}
    return bookings_of(settings.database_url(), clinic(), titles)


def zone() -> ZoneInfo:
    """The clinic's time zone."""
    return ZoneInfo(clinic().time_zone)


def now() -> datetime.datetime:
    """The time at the clinic."""
    return datetime.datetime.fromtimestamp(time.time(), zone())


def minutes_of(tracker: Tracker) -> int:
    """The length asked for, or the usual one."""
    asked = as_list(tracker.get_slot("booking_minutes"))
    return int(asked[-1]) if asked and asked[-1].isdigit() else USUAL_MINUTES


def moment(text: str) -> tuple[datetime.datetime, datetime.datetime | None]:
    """An ISO instant, or the two ends of an interval.

    Raises:
        ValueError: it is neither.
    """
    begins, _, ends = text.partition("/")
    until = datetime.datetime.fromisoformat(ends).astimezone(zone()) if ends else None
    return datetime.datetime.fromisoformat(begins).astimezone(zone()), until


def nearest(
    treatment: str, minutes: int, after: datetime.datetime, until: datetime.datetime | None = None
) -> list[Slot]:
    """Free times from an instant on; none when the booking side does not answer."""
    try:
        free = bookings().free(treatment, minutes, after, until or after + AHEAD, LOOKED_AT)
    except BookingUnavailable:
        return []
    return spread(free)


def is_free(treatment: str, minutes: int, at: datetime.datetime) -> bool:
    """Whether just this time is free.

    Raises:
        BookingUnavailable: the booking side does not answer.
    """
    found = bookings().free(treatment, minutes, at, at + datetime.timedelta(minutes=1), SHOWN)
    return any(one.starts_at == at for one in found)


def spread(free: list[Slot]) -> list[Slot]:
    """A few times that differ: one of each half of a day, as long as there are such."""
    halves: dict[tuple[datetime.date, bool], Slot] = {}
    for one in free:
        local = one.starts_at.astimezone(zone())
        halves.setdefault((local.date(), local.hour < NOON), one)
    chosen = list(halves.values())[:SHOWN]
    chosen += [one for one in free if one not in chosen][: SHOWN - len(chosen)]
    return sorted(chosen, key=lambda one: one.starts_at)


def spoken(at: datetime.datetime) -> str:
    """A time as it is said: "Tuesday, December 1 at 3 pm"."""
    local = at.astimezone(zone())
    return f"{local:%A}, {local:%B} {local.day} at {clock(local)}"


def clock(at: datetime.datetime) -> str:
    """ "3 pm", "9:30 am"."""
    if (at.hour, at.minute) == (12, 0):
        return "noon"
    minute = f":{at:%M}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minute} {'am' if at.hour < 12 else 'pm'}"


def buttons(slots: Iterable[Slot], intent: str = "inform") -> list[dict[str, str]]:
    """Free times to tap."""
    return [
        {
            "title": f"{one.starts_at:%a} {one.starts_at:%b} {one.starts_at.day}, "
            f"{clock(one.starts_at)}",
            "payload": f'/{intent}{{"time":"{one.starts_at.isoformat(timespec="minutes")}"}}',
        }
        for one in slots
    ]


def _calendar(booking: Booking) -> str:
    """A sentence with a link to the calendar file; the chat shows https links alone."""
    public = settings.public_url()
    if not (public and booking.calendar):
        return ""
    return f" [Add it to your calendar]({public}{booking.calendar})"


def told(booking: Booking) -> dict[str, Any]:
    """What fills a reply about a booking."""
    title = treatments()[booking.treatment].title if booking.treatment in treatments() else ""
    return {
        "reference": booking.reference,
        "title": title or booking.treatment,
        "when": spoken(booking.starts_at),
        "minutes": booking.minutes,
        "link": booking.link,
        "calendar": _calendar(booking),
        "therapist": f" with {booking.therapist}" if booking.therapist else "",
    }
