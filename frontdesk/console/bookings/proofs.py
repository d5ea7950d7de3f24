"""Whether a booking is theirs, and an end to guessing."""

from __future__ import annotations

import datetime
import re

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from frontdesk.console.bookings import references
from frontdesk.console.bookings.errors import Blocked
from frontdesk.console.bookings.models import Appointment, WrongTry
from frontdesk.domain.booking import Proof, UnknownBooking

PER_REFERENCE = 5
PER_CONVERSATION = 10
WINDOW = datetime.timedelta(hours=1)
DIGITS = 4
_NOBODY = "-"  # compared with when there is nothing to compare with; no proof is ever this


def shown(reference: str, proof: Proof) -> Appointment:
    """The appointment that somebody shows to be theirs.

    Raises:
        UnknownBooking: there is none, or it is not theirs; both look the same.
        Blocked: too many wrong tries.
    """
    tidied = references.tidy(reference) or references.outside(reference)
    now = timezone.now()
    # Counted as wrong before it is looked at, and struck out when it was right: however many ask
    # at the same moment, no more than the limit get an answer.
    this = WrongTry.objects.create(reference=tidied, conversation=proof.conversation, at=now)
    seconds = max(
        _wait(WrongTry.objects.filter(reference=tidied), PER_REFERENCE, now),
        _wait(WrongTry.objects.filter(conversation=proof.conversation), PER_CONVERSATION, now),
    )
    if seconds:
        this.delete()
        raise Blocked(seconds)
    appointment = Appointment.objects.filter(reference=tidied).select_related("therapist").first()
    if not _is_theirs(appointment, proof) or appointment is None:
        raise UnknownBooking("no booking with this reference and contact")
    this.delete()
    return appointment


def _wait(tries: QuerySet[WrongTry], most: int, now: datetime.datetime) -> int:
    """Seconds until the next try is looked at; 0 when there are some left."""
    recent = tries.filter(at__gt=now - WINDOW).order_by("-at", "-pk")
    newest = list(recent.values_list("at", flat=True)[: most + 1])
    if len(newest) <= most:
        return 0
    return max(1, int((newest[-1] + WINDOW - now).total_seconds()))


def _is_theirs(appointment: Appointment | None, proof: Proof) -> bool:
    """Each comparison is made, so that the time taken tells nothing."""
    conversation = appointment.conversation if appointment else _NOBODY
    digits = appointment.phone[-DIGITS:] if appointment and appointment.phone else _NOBODY
    said = re.sub(r"\D", "", proof.digits)
    is_same_conversation = constant_time_compare(conversation, proof.conversation or "none")
    is_same_contact = constant_time_compare(digits, said if len(said) == DIGITS else "none")
    return is_same_conversation | is_same_contact


def forget_old() -> int:
    """Delete the wrong tries that no longer count; how many there were."""
    count, _ = WrongTry.objects.filter(at__lt=timezone.now() - WINDOW).delete()
    return count
