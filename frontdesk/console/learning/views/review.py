"""What an export would change, to be looked at before it is written."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from frontdesk.console.asked import row_number
from frontdesk.console.conversations.errors import CannotDo
from frontdesk.console.learning import export, services
from frontdesk.console.learning.export import Target
from frontdesk.console.learning.models import Correction
from frontdesk.console.learning.plan import Plan
from frontdesk.console.learning.selectors import waiting
from frontdesk.console.staff.access import needs
from frontdesk.console.staff.roles import EXPORT
from frontdesk.domain.errors import DataFileError


@needs(EXPORT)
@require_safe
def show_review(request: HttpRequest) -> HttpResponse:
    """Every change by file, what is skipped, and what has to be settled first."""
    made, problem = Plan(), ""
    try:
        made = export.planned(Target.of())
    except DataFileError as error:
        problem = str(error)
    shown = {"plan": made, "problem": problem, "waiting": waiting(), "here": "learning"}
    return render(request, "learning/review.html", shown)


@needs(EXPORT)
@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Say which of several intents a phrase has."""
    try:
        services.settle(_asked(request), request.POST.get("intent", ""), Target.of().data)
    except CannotDo as error:
        messages.error(request, str(error))
    return redirect("review_corrections")


@needs(EXPORT)
@require_POST
def leave_out(request: HttpRequest) -> HttpResponse:
    """Learn nothing from a correction after all."""
    services.leave_out(_asked(request))
    return redirect("review_corrections")


def _asked(request: HttpRequest) -> Correction:
    asked = row_number(request.POST.get("correction", "")) or 0
    return get_object_or_404(Correction, pk=asked, exported_at=None)
