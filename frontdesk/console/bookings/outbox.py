"""Sends the e-mails that wait."""

from __future__ import annotations

from email.utils import formataddr
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from frontdesk.console import outbox
from frontdesk.console.bookings import facts
from frontdesk.console.bookings.models import Letter
from frontdesk.console.outbox import AT_ONCE, Sent

FAILURES = (SMTPException, OSError)


def send_due(limit: int = AT_ONCE) -> Sent:
    """Send the letters that are due, the oldest first."""
    return outbox.send_due(Letter, _send, FAILURES, limit)


def forget_sent() -> int:
    """Delete the letters that were sent long ago; how many there were."""
    return outbox.forget_sent(Letter)


def sender() -> str:
    """Who our e-mails are from."""
    clinic = facts.clinic()
    return settings.MAIL_FROM or formataddr((clinic.name, clinic.email))


def _send(letter: Letter) -> None:
    clinic = facts.clinic()
    domain = clinic.email.rpartition("@")[2]
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=sender(),
        to=[letter.to],
        reply_to=[clinic.email],
        headers={
            "Message-ID": f"<{letter.token.hex}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        kind = f"text/calendar; method={letter.method}"
        message.attach("appointment.ics", letter.calendar, kind)
    message.send()
