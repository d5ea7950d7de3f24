"""The list of conversations, with those that need a person on top."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from frontdesk.console.asked import row_number
from frontdesk.console.conversations import selectors
from frontdesk.console.conversations.filters import RECENT, Filters
from frontdesk.console.conversations.labels import labeled
from frontdesk.console.conversations.models import Conversation, Need, SavedView, Trait
from frontdesk.console.staff.access import member, needs
from frontdesk.console.staff.roles import VIEW

MOST_VIEWS = 20
FILTERS = (
    ("channel", "Channel"),
    ("intent", "Asked about"),
    ("condition", "Health"),
    ("treatment", "Massage"),
    ("tag", "Tag"),
)


@needs(VIEW)
@require_safe
def show_inbox(request: HttpRequest) -> HttpResponse:
    """The inbox, or its rows alone when the page asks for news or for older ones."""
    filters = Filters.read(request.GET.dict())
    user = member(request)
    page = selectors.inbox(filters, user, _before(request))
    shown: dict[str, Any] = {"page": page, "query": filters.as_query()}
    shown["listed"] = render_to_string("conversations/listed.html", shown, request)
    shown["seen"] = hashlib.sha256(shown["listed"].encode()).hexdigest()[:16]
    if request.headers.get("HX-Request"):
        if request.GET.get("seen") == shown["seen"]:
            return HttpResponse(status=204)
        return render(request, "conversations/rows.html", shown)
    shown |= {
        "here": "inbox",
        "filters": filters,
        "filter_names": FILTERS,
        "choices": labeled(selectors.known_values()),
        "needs": Need.choices,
        "traits": Trait.choices,
        "recents": RECENT,
        "views": SavedView.objects.filter(owner=user),
    }
    return render(request, "conversations/inbox.html", shown)


@needs(VIEW)
@require_safe
def show_news(request: HttpRequest) -> JsonResponse:
    """What a notification in the browser says: how many need a person, and the newest of them."""
    needing = Conversation.objects.filter(need_rank__gt=0)
    newest = needing.order_by("-need_at").first()
    told = None
    if newest and newest.need_at:
        told = {
            "conversation": newest.pk,
            "need": Need(newest.need).label,
            "at": newest.need_at.isoformat(),
        }
    return JsonResponse({"needing": selectors.waiting(), "newest": told})


@needs(VIEW)
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the present filter under a name, or forget one."""
    user = member(request)
    if "forget" in request.POST:
        SavedView.objects.filter(owner=user, pk=row_number(request.POST["forget"]) or 0).delete()
        return redirect("inbox")
    name = request.POST.get("name", "").strip()[:40]
    query = Filters.read(request.POST.dict()).as_query()
    if name and query and SavedView.objects.filter(owner=user).count() < MOST_VIEWS:
        SavedView.objects.update_or_create(owner=user, name=name, defaults={"query": query})
    answer = redirect("inbox")
    answer["Location"] += f"?{query}" if query else ""
    return answer


def _before(request: HttpRequest) -> datetime.datetime | None:
    try:
        return parse_datetime(request.GET.get("before", ""))
    except ValueError:
        return None
