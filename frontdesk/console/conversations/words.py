"""What the console itself says in a conversation, from the replies of the data folder."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from frontdesk.clinical.loading import read_yaml
from frontdesk.console.bookings import facts
from frontdesk.domain.errors import DataFileError
from frontdesk.settings import data_folder

JOINED, LEFT = "utter_person_joined", "utter_person_left"
SILENT, NOBODY_FREE = "utter_person_silent", "utter_nobody_free"
ERASED = "utter_erasure_done"
USED = (JOINED, LEFT, SILENT, NOBODY_FREE, ERASED)
_PLACE = re.compile(r"\{(\w+)\}")


def notice(name: str, **values: str) -> dict[str, Any]:
    """One of our replies as an event, with its placeholders filled in.

    Raises:
        DataFileError: the reply is not there.
    """
    reply = _replies(data_folder())[name]
    known = facts.clinic().words() | values
    text = _PLACE.sub(lambda match: known.get(match[1], ""), reply["text"])
    metadata: dict[str, Any] = {"from": "assistant", "utter_action": name}
    if reply.get("metadata"):  # what a typed yes to it means
        metadata["metadata"] = reply["metadata"]
    event = {"event": "bot", "text": text, "metadata": metadata}
    return event | {"data": {"buttons": reply["buttons"]}} if reply.get("buttons") else event


@cache
def _replies(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / "responses" / "people.yml"
    if not path.exists():
        raise DataFileError(str(path), "is missing; it holds what is said when staff take over")
    every = read_yaml(path, "responses")
    missing = sorted(set(USED) - set(every))
    if missing:
        raise DataFileError(str(path), "is missing; the console says it", missing[0])
    return {name: every[name][0] for name in USED}
