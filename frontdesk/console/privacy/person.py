"""Who is meant: what they gave as their contact, and what is kept under it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

from frontdesk.clinical.contacts import EMAIL, PHONE, details, region_of
from frontdesk.console.bookings import facts
from frontdesk.console.privacy.errors import UnreadableContact

SALT = "frontdesk.privacy"
NATIONAL = 7  # the last digits of a number that any writing of it has


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody can be reached: a number in E.164, an e-mail address, and perhaps their name."""

    phone: str = ""
    email: str = ""
    name: str = ""

    @property
    def mark(self) -> str:
        """A keyed hash of it, for receipts."""
        return hashed(f"{self.phone} {self.email.lower()}")


@dataclass(frozen=True, slots=True)
class Person:
    """Everything that leads to what is kept of somebody."""

    conversations: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()

    def with_more(self, other: Person) -> Person:
        """The person with what is known from somewhere else."""
        return Person(
            self.conversations | other.conversations,
            self.references | other.references,
            self.names | other.names,
            self.phones | other.phones,
            self.emails | other.emails,
        )

    def strings(self) -> list[str]:
        """What a text about them would hold: numbers, addresses, whole names, references."""
        whole = {name for name in self.names if len(name.split()) > 1}
        digits = {re.sub(r"\D", "", phone) for phone in self.phones}
        ends = {number[-10:] for number in digits if len(number) >= NATIONAL}
        found = {*whole, *self.emails, *self.phones, *ends, *self.references, *self.conversations}
        return sorted(one for one in found if one)

    def is_in(self, text: str) -> bool:
        """Whether a text speaks of them."""
        low = text.lower()
        return any(one.lower() in low for one in self.strings())


def read_contact(text: str) -> Contact:
    """A contact in any writing: "212-555-0143", "Tom Becker, tom@mail.com".

    Raises:
        UnreadableContact: it has neither number nor address.
    """
    region = region_of(facts.clinic().phone_link)
    found = {one.kind: one for one in details(text, region) if one.kind in (EMAIL, PHONE)}
    if not found:
        raise UnreadableContact
    rest = text
    for one in found.values():
        rest = rest[: one.start] + " " * (one.end - one.start) + rest[one.end :]
    name = " ".join(re.findall(r"[^\W\d_][\w'\u2019.-]*", rest))
    values = {kind: one.value for kind, one in found.items()}
    return Contact(values.get(PHONE, ""), values.get(EMAIL, ""), name)


def hashed(value: str) -> str:
    """A keyed hash: the same for the same value, and of no use without our key."""
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()
