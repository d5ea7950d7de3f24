"""What is booked, for whom and when, and the port through which it is booked."""

from __future__ import annotations

import datetime
import re
import secrets
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from frontdesk.domain.condition import Verdict
from frontdesk.domain.errors import FrontdeskError

# Letters and digits that are told apart when they are read out or handwritten.
# No vowels, so that no word is spelled by chance.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
LETTERS = 5


def new_reference(clinic: str) -> str:
    """A reference that can be read out: the clinic's initials and five signs, "HM-7K3QW"."""
    initials = "".join(word[0] for word in clinic.upper().split() if word[0].isalpha())[:3]
    return f"{initials or 'FD'}-" + "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))


def as_reference(text: str) -> str:
    """The reference somebody wrote ("hm 7k3qw"), empty when there is none."""
    found = re.search(rf"\b([A-Z]{{1,3}})[\s-]*([{ALPHABET}]{{{LETTERS}}})\b", text.upper())
    if not found or not any(sign.isdigit() for sign in found.group(2)):
        # five letters alone may be any word: they count with a hyphen before them
        found = re.search(rf"\b([A-Z]{{1,3}})-([{ALPHABET}]{{{LETTERS}}})\b", text.upper())
    return f"{found.group(1)}-{found.group(2)}" if found else ""


class Kind(str, Enum):
    """What a wish became."""

    APPOINTMENT = "appointment"  # the time is kept for them
    REQUEST = "request"  # staff have to confirm it first


class ForWhom(str, Enum):
    """Whose massage it is."""

    SELF = "self"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Slot:
    """A free time, in the clinic's time zone."""

    starts_at: datetime.datetime
    minutes: int
    therapist: str


@dataclass(frozen=True, slots=True)
class Wish:
    """An appointment somebody asks for.

    ``starts_at`` is an instant with a time zone. ``phone`` is in E.164; of ``phone`` and ``email``
    at least one is there. ``verdict`` and ``reasons`` (ids of conditions) come from the gate.
    ``conversation`` is where it was asked for, and ``reference`` what the visitor is given.
    ``client_name`` is who lies on the table when that is not who wrote.
    """

    treatment: str
    minutes: int
    starts_at: datetime.datetime
    kind: Kind
    for_whom: ForWhom
    contact_name: str
    phone: str
    email: str
    verdict: Verdict
    reasons: tuple[str, ...]
    conversation: str
    reference: str = ""
    client_name: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """What was kept, under a reference that can be read out.

    ``status`` is one of ``booked``, ``requested``, ``moved``, ``cancelled``. ``is_kept_here`` when
    the booking side could not be reached and the wish waits in the outbox.
    """

    reference: str
    kind: Kind
    status: str
    treatment: str
    starts_at: datetime.datetime
    minutes: int
    therapist: str = ""
    calendar: str = ""
    link: str = ""  # where the visitor finishes it, when another page does the booking
    is_late: bool = False  # moved or cancelled inside the notice the clinic asks for
    is_kept_here: bool = False


def requested(wish: Wish, status: str = "requested", **other: Any) -> Booking:
    """A wish as what somebody still has to confirm."""
    return Booking(
        reference=wish.reference,
        kind=Kind.REQUEST,
        status=status,
        treatment=wish.treatment,
        starts_at=wish.starts_at,
        minutes=wish.minutes,
        **other,
    )


class BookingError(FrontdeskError):
    """Something about a booking that the visitor is told in one sentence."""

    code = "booking"


class SlotTaken(BookingError):
    """Somebody else has the time; ``slots`` are the next free ones."""

    code = "slot_taken"

    def __init__(self, slots: Sequence[Slot] = ()) -> None:
        super().__init__("the time is taken")
        self.slots = tuple(slots)


class NotOpen(BookingError):
    """The clinic is closed then, or the time is past; ``slots`` are the nearest free ones."""

    code = "not_open"

    def __init__(self, slots: Sequence[Slot] = ()) -> None:
        super().__init__("the clinic is closed at that time")
        self.slots = tuple(slots)


class UnknownBooking(BookingError):
    """No booking has this reference and this contact; which of the two is wrong is not told."""

    code = "unknown_booking"


class TooManyTries(BookingError):
    """The reference was guessed at too often."""

    code = "too_many_tries"


class BookingUnavailable(BookingError):
    """The booking side does not answer; the wish is kept where it can be."""

    code = "booking_unavailable"


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that a booking is theirs: the contact's last digits, or where it was made."""

    conversation: str
    digits: str = ""


class Bookings(ABC):
    """Where bookings are made, whichever system the clinic uses."""

    @abstractmethod
    def free(
        self,
        treatment: str,
        minutes: int,
        after: datetime.datetime,
        until: datetime.datetime,
        limit: int = 3,
    ) -> list[Slot]:
        """The first free times of a treatment between two instants.

        Raises:
            BookingUnavailable: nobody answers.
        """

    @abstractmethod
    def book(self, wish: Wish, key: str) -> Booking:
        """Book, or keep a request; the same ``key`` again gives the same booking.

        Raises:
            SlotTaken: somebody was faster.
            NotOpen: nobody works then.
        """

    @abstractmethod
    def find(self, reference: str, proof: Proof) -> Booking:
        """A booking that is shown to be theirs.

        Raises:
            UnknownBooking: the reference or the proof is wrong.
            TooManyTries: too many were.
            BookingUnavailable: nobody answers.
        """

    @abstractmethod
    def move(self, reference: str, proof: Proof, to: datetime.datetime, key: str) -> Booking:
        """Another time for a booking; errors as in ``find`` and ``book``."""

    @abstractmethod
    def cancel(self, reference: str, proof: Proof, key: str) -> Booking:
        """Call a booking off; one that is called off already stays so. Errors as in ``find``."""
