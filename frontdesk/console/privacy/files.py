"""What is kept of somebody in files: e-mails written to files, exports, logs."""

from __future__ import annotations

import re
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from django.conf import settings as django_settings

from frontdesk import settings
from frontdesk.console.privacy.person import Person

STORE = "files"
EXPORTS, LOGS, MAIL = "exports", "logs", "mail"
END = b"\n" + b"-" * 79 + b"\n"  # after each e-mail in a file, as Django writes them


def erase(person: Person, booked: Person) -> Counter[str]:
    """Delete the e-mails and exports about somebody's bookings, and blot them out of logs."""
    removed: Counter[str] = Counter()
    for path in _files(_mail()):
        removed[MAIL] += _take_out(path, booked)
    for path in _exports_about(booked):
        path.unlink()
        removed[EXPORTS] += 1
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
    letters = [one for path in _files(_mail()) for one in _letters(path)]
    found = [letter for letter in letters if person.is_in(_as_read(letter))]
    return {MAIL: [letter.decode("utf-8", "replace") for letter in found]}


def _take_out(path: Path, person: Person) -> int:
    """Take the e-mails about somebody out of a file; those of others in it stay."""
    letters = _letters(path)
    others = [letter for letter in letters if not person.is_in(_as_read(letter))]
    if not others and letters:
        path.unlink()
    elif len(others) < len(letters):
        aside = path.with_name(f".{path.name}")
        aside.write_bytes(b"".join(letter + END for letter in others))
        aside.replace(path)
    return len(letters) - len(others)


def _exports_about(person: Person) -> list[Path]:
    files = _files(settings.local_folder() / EXPORTS)
    return [p for p in files if person.is_in(p.read_text(encoding="utf-8", errors="replace"))]


def _mail() -> Path:
    """Where e-mails are written when no server is named."""
    return Path(getattr(django_settings, "EMAIL_FILE_PATH", "") or settings.local_folder() / MAIL)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []


def _letters(path: Path) -> list[bytes]:
    """The e-mails of a file; two that are sent in one second may share one."""
    return [letter for letter in path.read_bytes().split(END) if letter.strip()]


def _as_read(letter: bytes) -> str:
    """An e-mail as it is read, with its encodings undone."""
    message = message_from_bytes(letter, policy=policy.default)
    parts = [str(value) for value in message.values()]
    for part in message.walk():
        if part.get_content_maintype() in ("text", "application") and not part.is_multipart():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                parts.append(payload.decode("utf-8", "replace"))
    return "\n".join(parts)


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
