"""Why a booking is not made, beyond what the port itself names."""

from __future__ import annotations

from frontdesk.domain.booking import BookingError, TooManyTries


class Invalid(BookingError):
    """A field is missing or cannot be used; ``field`` names it, never what was in it."""

    code = "invalid"

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field


class Refused(BookingError):
    """The health check says not to give this massage; nothing is stored."""

    code = "refused"


class KeyReused(BookingError):
    """The idempotency key was used for something else."""

    code = "key_reused"


class Blocked(TooManyTries):
    """Too many wrong tries; ``seconds`` until the next is looked at."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too many wrong tries")
        self.seconds = seconds
