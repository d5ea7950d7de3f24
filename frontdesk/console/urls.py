"""Which address shows which page."""

from __future__ import annotations

from django.urls import path

from frontdesk.console.views import clinic_page, health

urlpatterns = [
    path("", clinic_page.show_clinic, name="clinic"),
    path("privacy/", clinic_page.show_privacy, name="privacy"),
    path("health/", health.show_health, name="health"),
]
handler500 = "frontdesk.console.views.clinic_page.show_failure"
