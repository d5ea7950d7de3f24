"""Tells Django about the figures."""

from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Figures for staff."""

    name = "frontdesk.console.figures"
    label = "figures"
