"""What keeps somebody's data from being erased or exported, told in one sentence."""

from __future__ import annotations

from frontdesk.domain.errors import FrontdeskError


class UnreadableContact(FrontdeskError):
    """What was given is neither a phone number nor an e-mail address."""

    code = "unreadable_contact"

    def __init__(self) -> None:
        super().__init__("give a phone number or an e-mail address; a name may stand beside it")


class BookingsStand(FrontdeskError):
    """The person is booked for a time to come; ``references`` are those bookings."""

    code = "bookings_stand"

    def __init__(self, references: tuple[str, ...]) -> None:
        self.references = references
        listed = ", ".join(references)
        super().__init__(f"bookings still stand ({listed}); cancel them first, or with this")


class StillInUse(FrontdeskError):
    """A database was too busy to be swept clean; what was deleted may still be in its files."""

    code = "still_in_use"
