"""Says that the console is up."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def show_health(request: HttpRequest) -> JsonResponse:
    """An answer for whoever watches over the process."""
    return JsonResponse({"status": "ok"})
