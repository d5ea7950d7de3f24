"""Everything that is kept of a person, in one file that can be read."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils import timezone

from frontdesk.console.privacy import events, files, passing, rows
from frontdesk.console.privacy.person import Person, read_contact

VERSION = 1


def of_contact(contact: str) -> dict[str, Any]:
    """All that is kept under a phone number or e-mail address.

    Raises:
        UnreadableContact: it is neither.
    """
    who = read_contact(contact)
    given = Person(
        names=frozenset({who.name} - {""}),
        phones=frozenset({who.phone} - {""}),
        emails=frozenset({who.email} - {""}),
    )
    told = events.find(who)
    booked = rows.find(given.with_more(Person(conversations=told.conversations)))
    for key in sorted(booked.conversations - told.conversations):
        told = told.with_more(events.tell(key))
    about = Person(told.conversations | booked.conversations, told.references | booked.references)
    return _collected(given.with_more(about), given.with_more(told).with_more(booked))


def of_conversation(key: str) -> dict[str, Any]:
    """All that is kept of one conversation."""
    told = events.tell(key)
    about = Person(frozenset({key}), told.references)
    return _collected(about, told.with_more(rows.find(about)))


def write(content: dict[str, Any], path: Path) -> None:
    """Put it into a new file that only we can read.

    Raises:
        FileExistsError: there is a file of this name.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2, default=str)
        file.write("\n")


def _collected(about: Person, known: Person) -> dict[str, Any]:
    """What every store has; ``known`` is what they told of themselves."""
    stores = (events, passing, rows, files)
    return {
        "version": VERSION,
        "made_at": timezone.now().isoformat(),
        "person": {kind: sorted(values) for kind, values in asdict(known).items()},
        "kept": {store.STORE: store.export(about) for store in stores},
    }
