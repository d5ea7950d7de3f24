"""How far the assistant's stores have been read."""

from __future__ import annotations

from django.db import models


class Reading(models.Model):
    """The last row read of one feed, and the numbers before it that may still arrive.

    PostgreSQL hands out numbers before rows are committed, so a lower one can show up later.
    ``gaps`` holds ``[number, seconds since 1970 when it was missed]``.
    """

    feed = models.CharField(max_length=20, unique=True)
    last = models.BigIntegerField(default=0)
    gaps = models.JSONField(default=list)

    class Meta:
        """Nothing for staff."""

        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.feed} up to {self.last}"
