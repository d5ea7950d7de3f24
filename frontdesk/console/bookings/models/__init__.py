"""What the booking side stores."""

from __future__ import annotations

from frontdesk.console.bookings.models.appointment import Appointment, Claim, StatusChange
from frontdesk.console.bookings.models.letter import Letter
from frontdesk.console.bookings.models.receipt import Receipt
from frontdesk.console.bookings.models.team import Closure, Room, Therapist, WorkingHours
from frontdesk.console.bookings.models.wrong_try import WrongTry

__all__ = [
    "Appointment",
    "Claim",
    "Closure",
    "Letter",
    "Receipt",
    "Room",
    "StatusChange",
    "Therapist",
    "WorkingHours",
    "WrongTry",
]
