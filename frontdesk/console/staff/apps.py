"""Tells Django about the staff."""

from __future__ import annotations

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Accounts, roles and the record of looks."""

    name = "frontdesk.console.staff"
    label = "staff"
