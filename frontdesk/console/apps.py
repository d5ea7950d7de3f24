"""Tells Django about the console."""

from __future__ import annotations

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The console, with the checks that run before it starts."""

    name = "frontdesk.console"
    label = "console"

    def ready(self) -> None:
        """Register the start-up checks."""
        from frontdesk.console import checks  # noqa: F401
