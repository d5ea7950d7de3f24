"""Tells Django about what is learned."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LearningConfig(AppConfig):
    """Corrections by staff."""

    name = "frontdesk.console.learning"
    label = "learning"

    def ready(self) -> None:
        """Have the index of doubts made whenever tables were (see Django)."""
        post_migrate.connect(_make_indexes, sender=self)


def _make_indexes(**given: Any) -> None:
    from frontdesk.console.learning.doubts import make_indexes

    make_indexes(given["using"])
