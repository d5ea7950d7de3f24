"""What is counted by the day while conversations are read."""

from __future__ import annotations

import bisect

from django.db import models

STEPS = (0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0)  # seconds


def step(seconds: float) -> int:
    """Which span of time this falls into: up to the first of ``STEPS``, the second, or beyond."""
    return bisect.bisect_left(STEPS, seconds)


class Tally(models.Model):
    """How often something happened on one of the clinic's days; ``step`` is 0 where there is one.

    Counts stay when a conversation is erased: they tell of nobody.
    """

    class What(models.TextChoices):
        """What is counted."""

        MESSAGE = "message", "Visitors' messages"
        FALLBACK = "fallback", "Messages not understood"
        ANSWER = "answer", "Answers, by the time they took"

    day = models.DateField()
    what = models.CharField(max_length=8, choices=What.choices)
    step = models.PositiveSmallIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        """One row of each."""

        constraints = [
            models.UniqueConstraint(fields=["day", "what", "step"], name="tallied_once")
        ]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.count} {self.what} on {self.day}"
