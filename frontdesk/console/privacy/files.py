"""What is kept of somebody in files: e-mails written to files, exports, logs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings

from frontdesk import settings
from frontdesk.console.privacy.person import Person

STORE = "files"
EXPORTS, LOGS, MAIL = "exports", "logs", "mail"
_BETWEEN_LETTERS = re.compile(rb"\n-{70,}\n")


def erase(person: Person, booked: Person) -> Counter[str]:
    """Delete the e-mails and exports about somebody's bookings, and blot them out of logs."""
    removed: Counter[str] = Counter()
    for path in _about(booked):
        path.unlink()
        removed[path.parent.name] += 1
    for path in _files(settings.local_folder() / LOGS):
        removed[LOGS] += _blot(path, person)
    return +removed


def purge(before: float) -> Counter[str]:
    """Delete e-mails and exports that were written before."""
    removed: Counter[str] = Counter()
    for folder in (_mail(), settings.local_folder() / EXPORTS):
        for path in _files(folder):
            if path.stat().st_mtime < before:
                path.unlink()
                removed[folder.name] += 1
    return removed


def export(person: Person) -> dict[str, Any]:
    """The e-mails about somebody, as sent."""
    found = [path for path in _about(person) if path.parent == _mail()]
    return {MAIL: [path.read_text(encoding="utf-8", errors="replace") for path in found]}


def _about(person: Person) -> Iterator[Path]:
    for path in _files(_mail()):
        if any(person.is_in(text) for text in _letters(path)):
            yield path
    for path in _files(settings.local_folder() / EXPORTS):
        if person.is_in(path.read_text(encoding="utf-8", errors="replace")):
            yield path


def _mail() -> Path:
    """Where e-mails are written when no server is named."""
    return Path(getattr(django_settings, "EMAIL_FILE_PATH", "") or settings.local_folder() / MAIL)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []


def _letters(path: Path) -> Iterator[str]:
    """The e-mails of a file, as they are read."""
    for content in _BETWEEN_LETTERS.split(path.read_bytes()):
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        parts = [str(value) for value in message.values()]
        for part in message.walk():
            if part.get_content_maintype() in ("text", "application") and not part.is_multipart():
                payload = part.get_payload(decode=True)
                if isinstance(payload, bytes):
                    parts.append(payload.decode("utf-8", "replace"))
        yield "\n".join(parts)


def _blot(path: Path, person: Person) -> int:
    """Write over what tells of somebody; processes go on writing to the same file meanwhile."""
    content = path.read_bytes()
    strings = [re.escape(one.encode()) for one in person.strings()]
    if not strings:
        return 0
    places = list(re.finditer(b"|".join(strings), content, re.IGNORECASE))
    if places:
        with path.open("r+b") as file:
            for place in places:
                file.seek(place.start())
                file.write(b"x" * (place.end() - place.start()))
    return len(places)
