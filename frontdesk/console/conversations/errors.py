"""What staff are told when something cannot be done."""

from __future__ import annotations

from frontdesk.domain.errors import FrontdeskError


class CannotDo(FrontdeskError):
    """Something staff asked for that cannot be done; the message says why in plain words."""

    code = "cannot_do"


class TakenAlready(CannotDo):
    """Somebody else answers this visitor."""

    code = "taken_already"


class NotYours(CannotDo):
    """Only who has taken a conversation over may write in it."""

    code = "not_yours"


class AssistantAway(CannotDo):
    """The assistant cannot be reached."""

    code = "assistant_away"


class Undelivered(CannotDo):
    """The visitor's channel did not take a message; ``reason`` is its code."""

    code = "undelivered"

    def __init__(self, message: str, reason: str) -> None:
        self.reason = reason
        super().__init__(message)
