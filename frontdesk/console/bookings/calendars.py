"""An appointment as a calendar file, and the signed address it is fetched from."""

from __future__ import annotations

import datetime

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress, vText

from frontdesk.console.bookings import facts
from frontdesk.console.bookings.models import Appointment

PUBLISH, CANCEL = "PUBLISH", "CANCEL"
_SIGNER = Signer(sep=".", salt="bookings.calendar")
_STATUS = {
    Appointment.Status.REQUESTED: "TENTATIVE",
    Appointment.Status.BOOKED: "CONFIRMED",
    Appointment.Status.DECLINED: "CANCELLED",
    Appointment.Status.CANCELLED: "CANCELLED",
}


def address(appointment: Appointment) -> str:
    """Where the calendar file is, for whoever was given the address."""
    return reverse("calendar", args=[_SIGNER.sign(appointment.reference)])


def reference_of(signed: str) -> str:
    """The reference in an address of ours; empty when the signature is not ours."""
    try:
        return _SIGNER.unsign(signed)
    except BadSignature:
        return ""


def method(appointment: Appointment) -> str:
    """Whether the file puts the appointment into a calendar or takes it out."""
    return PUBLISH if appointment.is_holding else CANCEL


def written(appointment: Appointment) -> str:
    """The calendar file: when, where and which massage, nothing about health."""
    calendar = Calendar()
    calendar.add("prodid", "-//Frontdesk//Bookings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method(appointment))
    calendar.add_component(_event(appointment))
    written: bytes = calendar.to_ical()
    return written.decode()


def _event(appointment: Appointment) -> Event:
    clinic = facts.clinic()
    event = Event()
    event.add("uid", f"{appointment.reference}@{clinic.email.rpartition('@')[2]}")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", timezone.now().astimezone(datetime.timezone.utc))
    event.add("dtstart", appointment.starts_at.astimezone(datetime.timezone.utc))
    event.add("dtend", appointment.ends_at.astimezone(datetime.timezone.utc))
    event.add("summary", f"{facts.offered_title(appointment.treatment)} at {clinic.name}")
    event.add("location", clinic.address)
    event.add("description", f"Reference {appointment.reference}. Questions? {clinic.phone}")
    event.add("status", _STATUS[Appointment.Status(appointment.status)])
    organizer = vCalAddress(f"mailto:{clinic.email}")
    organizer.params["cn"] = vText(clinic.name)
    event.add("organizer", organizer)
    return event
