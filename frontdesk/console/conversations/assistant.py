"""Puts events of our own into a conversation, through the assistant's HTTP API."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any
from urllib.parse import quote

import requests
from django.conf import settings

from frontdesk import settings as frontdesk_settings
from frontdesk.console.conversations.errors import AssistantAway, Undelivered

PATIENCE = (1.0, 8.0)  # seconds to connect, and until it is sent
_REASON = re.compile(r"Error: ([a-z_]+)")
TOLD = {
    "outside_window": "WhatsApp lets us write only within 24 hours of the visitor's last message. "
    "Please call them instead.",
    "refused": "The visitor's messaging service refused the message. Please call them instead.",
    "unreachable": "The visitor's messaging service cannot be reached. Please try again shortly.",
}
AWAY = "The assistant cannot be reached, so nothing was sent. Please try again in a moment."
NOT_SENT = "The message could not be sent. Please try again, or call the visitor."

PAUSE: dict[str, Any] = {"event": "pause"}
RESUME: dict[str, Any] = {"event": "resume"}


def written(text: str, by: str) -> dict[str, Any]:
    """What a person of the clinic says."""
    return {"event": "bot", "text": text, "metadata": {"from": "staff", "by": by}}


def post(key: str, events: Sequence[dict[str, Any]]) -> None:
    """Put events into a conversation, and send what is said in them to the visitor.

    Raises:
        AssistantAway: there is no answer.
        Undelivered: the visitor's channel did not take it; nothing was kept.
    """
    place = f"{settings.RASA_URL}/conversations/{quote(key, safe='')}/tracker/events"
    asked = {
        "token": frontdesk_settings.api_token(),
        "execute_side_effects": "true",
        "output_channel": "latest",
        "include_events": "NONE",
    }
    try:
        answer = _session().post(place, params=asked, json=list(events), timeout=PATIENCE)
    except requests.RequestException as error:
        raise AssistantAway(AWAY) from error
    if not answer.ok:
        match = _REASON.search(answer.text)
        reason = match[1] if match else ""
        raise Undelivered(TOLD.get(reason, NOT_SENT), reason)


@cache
def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # no proxy stands between two processes of ours
    return session
