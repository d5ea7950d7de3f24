"""The addresses of the bookings."""

from __future__ import annotations

from django.urls import path

from frontdesk.console.bookings import views

urlpatterns = [
    path("api/bookings", views.book, name="book"),
    path("api/bookings/slots", views.show_slots, name="slots"),
    path("api/bookings/find", views.find, name="find"),
    path("api/bookings/move", views.move, name="move"),
    path("api/bookings/cancel", views.cancel, name="cancel"),
    path("calendar/<str:signed>.ics", views.show_calendar, name="calendar"),
]
