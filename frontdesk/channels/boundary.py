"""The closed boundary: what people type is plain text, and only offered buttons carry meaning."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

LONGEST = 2000  # characters of one message
# Rasa reads "/intent{...}" as a command; this sign looks the same to people and is none to Rasa.
HARMLESS_SLASH = "\u2215"
# Rasa marks messages it made itself with this; typed, it must not pass for one.
RASA_EXTERNAL = re.compile(r"^\s*EXTERNAL:\s*", re.IGNORECASE)
PAYLOAD = re.compile(r"/(?P<intent>\w+)(?P<entities>\{.*\})?\Z", re.DOTALL)


def clean(typed: str) -> str:
    """What was typed, without control characters and broken code points.

    Emoji, right-to-left letters, HTML and the rest stay: they are only ever shown as text.
    """
    whole = typed.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    kept = "".join(
        sign for sign in whole if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs")
    )
    return unicodedata.normalize("NFC", kept).strip()


def plain_text(typed: str) -> str:
    """What was typed as Rasa may read it: a leading slash has lost its power."""
    text = RASA_EXTERNAL.sub("", clean(typed)).strip()
    slashes = len(text) - len(text.lstrip("/"))
    return HARMLESS_SLASH * slashes + text[slashes:]


def read_payload(payload: str, title: str) -> dict[str, Any]:
    """A button of ours as Rasa's understanding of a message.

    Args:
        payload: ``/intent`` or ``/intent{"entity": value or [values]}`` from our own replies.
        title: what the person saw and pressed.

    Returns:
        Rasa's ``parse_data``.

    Raises:
        ValueError: the payload is not of that form, a mistake in a reply.
    """
    match = PAYLOAD.match(payload)
    if match is None:
        raise ValueError("a button's payload must look like /intent or /intent{...}")
    intent = {"name": match["intent"], "confidence": 1.0}
    given: dict[str, Any] = json.loads(match["entities"] or "{}")
    entities = [
        {"entity": name, "value": value, "start": 0, "end": len(title), "extractor": "button"}
        for name, values in given.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return {"text": title, "intent": intent, "intent_ranking": [intent], "entities": entities}
