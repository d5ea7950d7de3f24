"""Sends the e-mails that wait; one that cannot be sent now is tried again later."""

from __future__ import annotations

import datetime
import logging
from dataclasses import dataclass
from email.utils import formataddr
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import F
from django.utils import timezone

from frontdesk.console.bookings import facts
from frontdesk.console.bookings.models import Letter

LEASE = datetime.timedelta(minutes=2)  # nobody else sends a letter while one of us tries
SHORTEST_WAIT = datetime.timedelta(seconds=30)
LONGEST_WAIT = datetime.timedelta(hours=6)
KEPT = datetime.timedelta(days=30)  # what was sent is deleted then
AT_ONCE = 50
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many went out, and how many have to wait."""

    sent: int
    waiting: int


def send_due(limit: int = AT_ONCE) -> Sent:
    """Send what is due, the oldest first."""
    sent = waiting = 0
    due = Letter.objects.filter(sent_at=None, due_at__lte=timezone.now()).order_by("due_at", "pk")
    for letter in due[:limit]:
        if not _lease(letter):
            continue
        if _send(letter):
            sent += 1
        else:
            waiting += 1
    return Sent(sent, waiting)


def forget_sent() -> int:
    """Delete the letters that were sent long ago; how many there were."""
    count, _ = Letter.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()
    return count


def wait_after(tries: int) -> datetime.timedelta:
    """How long to wait after so many tries: twice as long each time, up to six hours."""
    doubled: int = 2 ** min(tries - 1, 12)
    return min(SHORTEST_WAIT * doubled, LONGEST_WAIT)


def _lease(letter: Letter) -> bool:
    """Whether this letter is ours to send."""
    mine = Letter.objects.filter(pk=letter.pk, sent_at=None, due_at=letter.due_at)
    return bool(mine.update(due_at=timezone.now() + LEASE, tries=F("tries") + 1))


def _send(letter: Letter) -> bool:
    here = Letter.objects.filter(pk=letter.pk)
    try:
        _message(letter).send()
    except (SMTPException, OSError) as error:
        # the error may quote an address: its kind is enough
        problem = type(error).__name__
        logger.warning("letter %s waits: %s", letter.pk, problem)
        here.update(due_at=timezone.now() + wait_after(letter.tries + 1), problem=problem)
        return False
    here.update(sent_at=timezone.now(), problem="")
    return True


def _message(letter: Letter) -> EmailMultiAlternatives:
    clinic = facts.clinic()
    domain = clinic.email.rpartition("@")[2]
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        from_email=settings.MAIL_FROM or formataddr((clinic.name, clinic.email)),
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
    return message
