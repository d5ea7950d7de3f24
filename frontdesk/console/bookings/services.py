"""Booking, moving and calling off."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from frontdesk.console.bookings import (
    calendars,
    claims,
    facts,
    letters,
    proofs,
    receipts,
    references,
    selectors,
)
from frontdesk.console.bookings.errors import Refused
from frontdesk.console.bookings.models import Appointment, Closure, StatusChange
from frontdesk.console.bookings.receipts import Answered
from frontdesk.domain.booking import Kind, Proof, SlotTaken, UnknownBooking, Wish
from frontdesk.domain.condition import Verdict

Status, Event = Appointment.Status, StatusChange.Event
NOTICE = datetime.timedelta(hours=24)  # as the clinic's facts ask for
VISITOR = "visitor"


def book(wish: Wish, key: str) -> Answered:
    """Book, or keep a request, under the reference the visitor was already given if that is free.

    Raises:
        Refused: the health check says no.
        NotOpen: nobody works then.
        SlotTaken: somebody was faster.
        KeyReused: something else was asked under this key.
    """
    if wish.verdict is Verdict.AVOID:
        raise Refused("not to be booked")
    asked = {"do": "book", "wish": repr(wish)}
    check = partial(claims.check, wish.treatment, wish.minutes, wish.starts_at)
    try:
        return receipts.once(key, asked, partial(_book, wish), check)
    except SlotTaken as error:
        raise _with_slots(error, wish.treatment, wish.minutes, wish.starts_at) from error


def find(reference: str, proof: Proof) -> dict[str, Any]:
    """A booking that is shown to be theirs; errors as in ``proofs.shown``."""
    return described(proofs.shown(reference, proof))


def move(reference: str, proof: Proof, to: datetime.datetime, key: str) -> Answered:
    """Another time for a booking, with the same therapist if possible.

    Raises:
        UnknownBooking: not theirs, called off, or past.
        NotOpen, SlotTaken, KeyReused: as in ``book``.
    """
    appointment = proofs.shown(reference, proof)
    treatment, minutes = appointment.treatment, appointment.minutes
    asked = {"do": "move", "to": to.isoformat(), **_asked(appointment, proof)}
    check = partial(_check_move, appointment, to)
    try:
        return receipts.once(key, asked, partial(_move, appointment.pk, to), check)
    except SlotTaken as error:
        raise _with_slots(error, treatment, minutes, to) from error


def cancel(reference: str, proof: Proof, key: str) -> Answered:
    """Call a booking off; one that is called off already stays so.

    Raises:
        UnknownBooking: not theirs, or past.
        KeyReused: as in ``book``.
    """
    appointment = proofs.shown(reference, proof)
    asked = {"do": "cancel", **_asked(appointment, proof)}
    return receipts.once(key, asked, partial(_cancel, appointment.pk))


def confirm(appointment: Appointment, by: str) -> bool:
    """Staff agree to a request; whether it was one that waited."""
    return _decide(appointment.pk, Status.BOOKED, Event.CONFIRMED, by)


def decline(appointment: Appointment, by: str) -> bool:
    """Staff turn a request down, and its time is free again; whether it was one that waited."""
    return _decide(appointment.pk, Status.DECLINED, Event.DECLINED, by)


def call_off(appointment: Appointment, by: str) -> bool:
    """Staff cancel a booking; whether there was something to cancel."""
    with transaction.atomic():
        locked = _locked(appointment.pk)
        if locked.is_holding:
            _call_off(locked, by)
            return True
    return False


def during(closure: Closure) -> int:
    """How many appointments are on days on which nobody will be there."""
    start = datetime.datetime.combine(closure.first_day, datetime.time(), facts.zone())
    end = datetime.datetime.combine(closure.last_day, datetime.time.max, facts.zone())
    held = Appointment.objects.filter(status__in=Appointment.HOLDING)
    hit = held.filter(starts_at__gte=start, starts_at__lte=end)
    return (hit.filter(therapist=closure.therapist) if closure.therapist else hit).count()


def described(
    appointment: Appointment, status: str = "", *, is_late: bool | None = None
) -> dict[str, Any]:
    """What may be told about a booking; nothing about health."""
    late = appointment.starts_at - timezone.now() < NOTICE if is_late is None else is_late
    return {
        "reference": appointment.reference,
        "kind": appointment.kind,
        "status": status or str(appointment.status),
        "treatment": appointment.treatment,
        "starts_at": appointment.starts_at.astimezone(facts.zone()).isoformat(),
        "minutes": appointment.minutes,
        "therapist": appointment.therapist.name,
        "calendar": calendars.address(appointment),
        "is_late": late,
    }


def _asked(appointment: Appointment, proof: Proof) -> dict[str, Any]:
    return {"reference": appointment.reference, "proof": repr(proof)}


def _with_slots(
    error: SlotTaken, treatment: str, minutes: int, wished: datetime.datetime
) -> SlotTaken:
    """Whoever lost at the last moment is told the next free times, too."""
    return SlotTaken(error.slots or selectors.next_slots(treatment, minutes, wished))


def _check_move(appointment: Appointment, to: datetime.datetime) -> None:
    _refuse_over(appointment)
    if to != appointment.starts_at:
        claims.check(appointment.treatment, appointment.minutes, to, appointment.pk)


def _refuse_over(appointment: Appointment) -> None:
    """What is called off or past can be looked at, not moved."""
    if not appointment.is_holding or appointment.starts_at <= timezone.now():
        raise UnknownBooking("no booking to move")


def _book(wish: Wish) -> tuple[Appointment, dict[str, Any]]:
    is_request = wish.kind is Kind.REQUEST or wish.verdict is Verdict.CLEAR_FIRST
    appointment = Appointment(
        reference=_free_reference(wish.reference),
        kind=(Kind.REQUEST if is_request else Kind.APPOINTMENT).value,
        status=Status.REQUESTED if is_request else Status.BOOKED,
        treatment=wish.treatment,
        minutes=wish.minutes,
        for_whom=wish.for_whom.value,
        client_name=wish.client_name,
        contact_name=wish.contact_name,
        phone=wish.phone,
        email=wish.email,
        verdict=wish.verdict.value,
        reasons=list(wish.reasons),
        conversation=wish.conversation,
    )
    claims.take(appointment, wish.starts_at)
    _note(appointment, Event.REQUESTED if is_request else Event.BOOKED, VISITOR)
    return appointment, described(appointment, is_late=False)


def _free_reference(given: str) -> str:
    """The reference given, if nobody has it; else one of our own that nobody has."""
    wanted = references.tidy(given) or references.new_reference()
    while Appointment.objects.filter(reference=wanted).exists():
        wanted = references.new_reference()
    return wanted


def _move(pk: int, to: datetime.datetime) -> tuple[Appointment, dict[str, Any]]:
    appointment = _locked(pk)
    _refuse_over(appointment)
    is_late = appointment.starts_at - timezone.now() < NOTICE
    if to != appointment.starts_at:
        claims.release(appointment)
        claims.take(appointment, to)
        appointment = _locked(pk)
        appointment.sequence += 1
        appointment.reminded_at = None
        appointment.save()
        _note(appointment, Event.MOVED, VISITOR)
    status = Event.MOVED if appointment.status == Status.BOOKED else Status.REQUESTED
    return appointment, described(appointment, status.value, is_late=is_late)


def _cancel(pk: int) -> tuple[Appointment, dict[str, Any]]:
    appointment = _locked(pk)
    if appointment.is_holding and appointment.starts_at <= timezone.now():
        raise UnknownBooking("no booking to cancel")
    is_late = appointment.starts_at - timezone.now() < NOTICE
    if appointment.is_holding:
        _call_off(appointment, VISITOR)
    return appointment, described(appointment, Status.CANCELLED.value, is_late=is_late)


def _call_off(appointment: Appointment, by: str) -> None:
    appointment.status = Status.CANCELLED
    appointment.sequence += 1
    claims.release(appointment)
    appointment.save()
    _note(appointment, Event.CANCELLED, by)


def _decide(pk: int, status: Appointment.Status, event: StatusChange.Event, by: str) -> bool:
    with transaction.atomic():
        appointment = _locked(pk)
        if appointment.status != Status.REQUESTED:
            return False
        appointment.status = status
        appointment.sequence += 1
        if not appointment.is_holding:
            claims.release(appointment)
        appointment.save()
        _note(appointment, event, by)
    return True


def _locked(pk: int) -> Appointment:
    """An appointment that nobody else changes until this transaction ends."""
    held = Appointment.objects.select_for_update(of=("self",)).select_related("therapist")
    return held.get(pk=pk)


def _note(appointment: Appointment, event: StatusChange.Event, by: str) -> None:
    StatusChange.objects.create(
        appointment=appointment, event=event, by=by, starts_at=appointment.starts_at
    )
    letters.write(appointment, event, by_visitor=by == VISITOR)
