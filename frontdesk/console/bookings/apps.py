"""Tells Django about the bookings."""

from __future__ import annotations

from django.apps import AppConfig


class BookingsConfig(AppConfig):
    """The clinic's appointments and what is sent about them."""

    name = "frontdesk.console.bookings"
    label = "bookings"
    verbose_name = "Bookings"
