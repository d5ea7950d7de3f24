"""Reads a messaging channel's secrets: all of them, or none and the channel is off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from frontdesk import settings
from frontdesk.domain.errors import SettingError

LOCAL = re.compile(r"http://(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(/|$)")


def read(needed: Sequence[str]) -> Mapping[str, str] | None:
    """The values of the settings a channel needs; nothing when it is off.

    Raises:
        SettingError: some are there and one is missing.
    """
    given = {name: settings.text(name, "").strip() for name in needed}
    there = [name for name, value in given.items() if value]
    if not there:
        return None
    for name, value in given.items():
        if not value:
            problem = f"is missing, though {there[0]} is set; set both, or neither to leave it off"
            raise SettingError(name, problem)
        if not value.isascii() or not value.isprintable() or " " in value:
            raise SettingError(name, "must be one word of plain letters, digits and signs")
    return given


def api(name: str, default: str) -> str:
    """A provider's address, which only a test may put on this machine.

    Raises:
        SettingError: it is neither https nor on this machine.
    """
    address = settings.text(name, default).rstrip("/")
    if not address.startswith("https://") and not LOCAL.match(address):
        raise SettingError(name, "must begin with https://")
    return address
