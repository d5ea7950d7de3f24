"""What is booked, the quarter hours it takes up, and what became of it."""

from __future__ import annotations

from django.db import models

from frontdesk.console.bookings.models.team import Room, Therapist
from frontdesk.domain.booking import ForWhom, Kind
from frontdesk.domain.condition import Verdict


class Appointment(models.Model):
    """A massage somebody booked or asked for.

    ``first_cell`` up to ``end_cell`` are the quarter hours kept for it, the turnover included;
    both are empty once it is called off. ``sequence`` counts the changes for calendars.
    """

    class Status(models.TextChoices):
        """Where it stands; that it was moved is told by the history."""

        REQUESTED = "requested", "waiting for us to confirm"
        BOOKED = "booked", "booked"
        DECLINED = "declined", "declined"
        CANCELLED = "cancelled", "cancelled"

    HOLDING = (Status.REQUESTED, Status.BOOKED)

    reference = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    status = models.CharField(max_length=12, choices=Status.choices)
    treatment = models.CharField(max_length=40)
    minutes = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    therapist = models.ForeignKey(Therapist, models.PROTECT, related_name="appointments")
    room = models.ForeignKey(Room, models.PROTECT, related_name="appointments")
    first_cell = models.BigIntegerField(null=True, editable=False)
    end_cell = models.BigIntegerField(null=True, editable=False)
    for_whom = models.CharField(max_length=8, choices=[(one.value, one.value) for one in ForWhom])
    client_name = models.CharField(max_length=80, blank=True)
    contact_name = models.CharField(max_length=80)
    phone = models.CharField(max_length=16, blank=True)
    email = models.EmailField(blank=True)
    verdict = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Verdict])
    reasons = models.JSONField(default=list, blank=True)
    therapist_note = models.TextField("note for the therapist", blank=True)
    conversation = models.CharField(max_length=100, db_index=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        """The next first."""

        ordering = ["starts_at"]
        indexes = [
            models.Index(
                fields=["first_cell", "end_cell", "therapist", "room"], name="appointment_held"
            ),
            models.Index(fields=["status", "starts_at"], name="appointment_status_start"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(
                    models.Q(status__in=["requested", "booked"], first_cell__isnull=False)
                    & models.Q(end_cell__gt=models.F("first_cell"))
                )
                | models.Q(
                    status__in=["declined", "cancelled"],
                    first_cell__isnull=True,
                    end_cell__isnull=True,
                ),
                name="appointment_holds_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(phone="", email=""), name="appointment_can_be_reached"
            ),
            models.CheckConstraint(
                condition=~models.Q(verdict="avoid"), name="appointment_is_never_to_be_avoided"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_holding(self) -> bool:
        """Whether its time is kept for it."""
        return self.status in self.HOLDING


class Claim(models.Model):
    """One quarter hour of one therapist or one room: the database lets nobody take it twice."""

    class Resource(models.TextChoices):
        """What is taken."""

        ROOM = "room"
        THERAPIST = "therapist"

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="claims")
    kind = models.CharField(max_length=9, choices=Resource.choices)
    resource = models.BigIntegerField()
    cell = models.BigIntegerField()

    class Meta:
        """Taken once."""

        constraints = [
            models.UniqueConstraint(fields=["kind", "resource", "cell"], name="claimed_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.resource} at {self.cell}"


class StatusChange(models.Model):
    """One thing that happened to an appointment; ``starts_at`` is its time from then on."""

    class Event(models.TextChoices):
        """What happened."""

        BOOKED = "booked"
        REQUESTED = "requested"
        CONFIRMED = "confirmed"
        DECLINED = "declined"
        MOVED = "moved"
        CANCELLED = "cancelled"

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="history")
    event = models.CharField(max_length=12, choices=Event.choices)
    by = models.CharField(max_length=150)
    starts_at = models.DateTimeField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """As it happened."""

        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.event} by {self.by}"
