"""The clinic's public page with the chat window, and the plain pages around it."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from frontdesk.console.selectors import PRESSURES, content


@xframe_options_sameorigin  # the chat window prints through a frame of this site
@require_safe
def show_clinic(request: HttpRequest) -> HttpResponse:
    """The page visitors come to."""
    shown = content()
    page = {
        "content": shown,
        "pressures": PRESSURES,
        "price_facts": shown.facts("packages", "payment", "insurance"),
        "hours_facts": shown.facts("change"),
        "visit_facts": shown.facts("arrival", "undress", "hygiene", "therapists"),
        "chat_url": settings.CHAT_URL,
    }
    return render(request, "console/clinic.html", page)


@xframe_options_sameorigin
@require_safe
def show_privacy(request: HttpRequest) -> HttpResponse:
    """What happens to a chat, in plain words."""
    return render(request, "console/privacy.html")


def show_failure(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours, with the clinic's phone number."""
    return render(request, "500.html", status=500)
