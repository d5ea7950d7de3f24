"""Who works here, when, and in which rooms."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import models

from frontdesk.console.bookings import cells
from frontdesk.console.bookings.facts import offered


def check_skills(skills: object) -> None:
    """Refuse anything but a list of massages we offer."""
    ours = offered()
    known = isinstance(skills, list) and all(isinstance(one, str) for one in skills)
    if not known or not set(skills) <= set(ours):  # type: ignore[call-overload]
        raise ValidationError(f"Choose from: {', '.join(ours)}.")


def check_quarter(clock: datetime.time) -> None:
    """Refuse a time that is not on the quarter hour."""
    if clock.minute % cells.MINUTES or clock.second or clock.microsecond:
        raise ValidationError("Use a time on the quarter hour, such as 9:15.")


class Therapist(models.Model):
    """Someone who gives massages; ``skills`` are the ids of those they give."""

    name = models.CharField(max_length=60, unique=True)
    is_active = models.BooleanField("works here", default=True)
    skills = models.JSONField(default=list, blank=True, validators=[check_skills])

    class Meta:
        """By name."""

        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class WorkingHours(models.Model):
    """A stretch of one weekday on which a therapist works, in the clinic's time."""

    class Weekday(models.IntegerChoices):
        """As Python counts them."""

        MONDAY = 0
        TUESDAY = 1
        WEDNESDAY = 2
        THURSDAY = 3
        FRIDAY = 4
        SATURDAY = 5
        SUNDAY = 6

    therapist = models.ForeignKey(Therapist, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday.choices)
    starts = models.TimeField(validators=[check_quarter])
    ends = models.TimeField(validators=[check_quarter])

    class Meta:
        """Through the week."""

        ordering = ["therapist", "weekday", "starts"]
        verbose_name_plural = "working hours"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("starts")), name="hours_end_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.starts:%H:%M} to {self.ends:%H:%M}"


class Room(models.Model):
    """A room with one table."""

    name = models.CharField(max_length=60, unique=True)
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        """By name."""

        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Closure(models.Model):
    """Days off, the last one included: one therapist's, or the whole clinic's when none is named."""

    therapist = models.ForeignKey(
        Therapist,
        models.CASCADE,
        null=True,
        blank=True,
        help_text="Leave empty to close the whole clinic.",
    )
    first_day = models.DateField()
    last_day = models.DateField()
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        """The latest first."""

        ordering = ["-first_day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="closure_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        who = self.therapist.name if self.therapist else "The clinic"
        return f"{who} off, {self.first_day} to {self.last_day}"
