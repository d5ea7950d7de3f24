"""One reply of the assistant or of staff, as every channel gets it to render."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

URGENT = ("emergency", "crisis")


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, and the buttons under it as title and payload."""

    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    is_urgent: bool = False
    is_from_staff: bool = False

    @classmethod
    def of(cls, message: dict[str, Any]) -> Reply:
        """A message of Rasa's; a card becomes the first lines of the text."""
        card = (message.get("metadata") or {}).get("card") or {}
        lines = [f"**{card['title']}**"] if card.get("title") else []
        lines += card.get("lines") or []
        lines += [f"[{one['title']}]({one['url']})" for one in card.get("actions") or []]
        text = str(message.get("text") or "").strip()
        buttons = message.get("buttons") or ()
        return cls(
            "\n\n".join([*lines, *([text] if text else [])]),
            tuple((str(one["title"]), str(one["payload"])) for one in buttons),
            card.get("kind") in URGENT,
            message.get("from") == "staff",
        )
