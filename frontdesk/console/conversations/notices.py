"""Tells staff outside the console that a conversation needs a person: by e-mail and webhook."""

from __future__ import annotations

from collections.abc import Iterable
from smtplib import SMTPException

import requests
from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from frontdesk.console import outbox
from frontdesk.console.bookings import facts
from frontdesk.console.bookings.outbox import sender
from frontdesk.console.conversations.models import Conversation, Need, Notice
from frontdesk.console.outbox import Sent

PATIENCE = 5  # seconds
FAILURES = (SMTPException, OSError, requests.RequestException)


def tell(needs: Iterable[tuple[Conversation, Need]]) -> None:
    """Put a notice for each need into the outbox, within the transaction that notes it."""
    ways = [(Notice.Way.EMAIL, to) for to in settings.NOTIFY_EMAILS]
    ways += [(Notice.Way.WEBHOOK, to) for to in settings.NOTIFY_WEBHOOKS]
    now = timezone.now()
    Notice.objects.bulk_create(
        Notice(conversation=conversation, need=need, way=way, to=to, due_at=now)
        for conversation, need in needs
        for way, to in ways
    )


def send_due() -> Sent:
    """Send the notices that are due."""
    return outbox.send_due(Notice, _send, FAILURES)


def forget_sent() -> int:
    """Delete the notices that were sent long ago."""
    return outbox.forget_sent(Notice)


def _send(notice: Notice) -> None:
    words = f"{facts.clinic().name}: {_what(notice)}"
    if notice.way == Notice.Way.EMAIL:
        EmailMessage(_what(notice), words, sender(), [notice.to]).send()
        return
    # Slack and Teams both take a text under this name
    requests.post(notice.to, json={"text": words}, timeout=PATIENCE).raise_for_status()


def _what(notice: Notice) -> str:
    place = reverse("conversation", args=[notice.conversation_id])
    label = Need(notice.need).label
    return f"{label} ({notice.conversation.channel}) {settings.CONSOLE_ADDRESS}{place}"
