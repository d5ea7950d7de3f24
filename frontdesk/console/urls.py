"""Which address shows which page."""

from __future__ import annotations

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import include, path

from frontdesk.console.views import clinic_page, clinical_texts, health

# one door for all: Django's own pages have no login of their own
admin.site.login = login_required(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", clinic_page.show_clinic, name="clinic"),
    path("privacy/", clinic_page.show_privacy, name="privacy"),
    path("health/", health.show_health, name="health"),
    path("staff/", include("frontdesk.console.staff.urls")),
    path("staff/", include("frontdesk.console.conversations.urls")),
    path("staff/", include("frontdesk.console.privacy.urls")),
    path("staff/texts/", clinical_texts.show_texts, name="texts"),
    path("staff/", include("frontdesk.console.figures.urls")),
    path("staff/learn/", include("frontdesk.console.learning.urls")),
    path("staff/admin/", admin.site.urls),
    path("", include("frontdesk.console.bookings.urls")),
]
handler500 = "frontdesk.console.views.clinic_page.show_failure"
