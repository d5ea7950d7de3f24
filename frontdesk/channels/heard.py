"""One message as it came in from a provider, taken out of the provider's own form."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any


class Kind(str, Enum):
    """What came in, as far as answering it goes."""

    TEXT = "text"
    START = "start"  # the chat was opened: a welcome, no turn
    NOT_TEXT = "not_text"  # a photo, a voice, a sticker, a place
    EDITED = "edited"  # an earlier message was changed
    TOO_MANY = "too_many"  # the pace was exceeded; what was written is not kept


@dataclass(frozen=True, slots=True)
class Heard:
    """One message.

    ``id`` is the provider's own for this delivery, ``person`` the provider's own for whoever wrote
    it, ``address`` what is needed to answer them, ``reference`` what the provider calls a pressed
    button's press.
    """

    id: str
    person: str
    address: dict[str, str]
    kind: Kind = Kind.TEXT
    text: str = ""
    button: str = ""
    has_attachment: bool = False
    reference: str = ""

    def packed(self) -> str:
        """Everything needed to answer it, as kept in the database."""
        return json.dumps(asdict(self))

    @classmethod
    def unpacked(cls, kept: str) -> Heard:
        """A message as it was kept."""
        told: dict[str, Any] = json.loads(kept)
        return cls(**{**told, "kind": Kind(told["kind"])})


def dig(value: Any, *path: str | int) -> Any:
    """What lies at a path inside what was sent; nothing when there is no such place."""
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def word(value: Any, *path: str | int) -> str:
    """A text or number at a path as text; empty when it is neither."""
    found = dig(value, *path)
    if isinstance(found, str):
        return found
    is_number = isinstance(found, int) and not isinstance(found, bool)
    return str(found) if is_number else ""


def each(value: Any, *path: str | int) -> list[Any]:
    """The entries of a list at a path; none when it is no list."""
    found = dig(value, *path)
    return found if isinstance(found, list) else []


def decoded(body: bytes | str) -> Any:
    """A body's JSON; nothing when it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None
