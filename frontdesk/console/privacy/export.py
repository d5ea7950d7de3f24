"""Everything that is kept of a person, in one file that can be read."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import timezone

from frontdesk.console.privacy import events, files, gathering, passing, rows
from frontdesk.console.privacy.gathering import Found
from frontdesk.console.privacy.person import Person, read_contact

VERSION = 1


def of_contact(contact: str) -> dict[str, Any]:
    """All that is kept under a phone number or e-mail address.

    Raises:
        UnreadableContact: it is neither.
    """
    return _collected(gathering.of_contact(read_contact(contact), Person()))


def of_conversation(key: str) -> dict[str, Any]:
    """All that is kept of one conversation."""
    return _collected(gathering.of_conversation(key, Person()))


def write(content: dict[str, Any], path: Path) -> None:
    """Put it into a new file that only we can read.

    Raises:
        FileExistsError: there is a file of this name.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2, default=str)
        file.write("\n")


def _collected(found: Found) -> dict[str, Any]:
    stores = (events, passing, rows, files)
    return {
        "version": VERSION,
        "made_at": timezone.now().isoformat(),
        "person": {kind: sorted(values) for kind, values in asdict(found.known).items()},
        "kept": {store.STORE: store.export(found.booked) for store in stores},
    }
