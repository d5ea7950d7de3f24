"""Who saw what."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdesk.console.asked import row_number
from frontdesk.console.staff.access import needs
from frontdesk.console.staff.models import Look
from frontdesk.console.staff.roles import AUDIT

PAGE = 100


@needs(AUDIT)
@require_safe
def show_audit(request: HttpRequest) -> HttpResponse:
    """Every look, the latest first; of one person or one conversation when asked."""
    looks = Look.objects.all()
    who, conversation = request.GET.get("who", ""), request.GET.get("conversation", "")
    if who:
        looks = looks.filter(who=who)
    asked = row_number(conversation)
    if asked is not None:
        looks = looks.filter(conversation=asked)
    page = Paginator(looks, PAGE).get_page(request.GET.get("page"))
    shown = {"page": page, "who": who, "conversation": conversation, "here": "audit"}
    return render(request, "staff/audit.html", shown)
