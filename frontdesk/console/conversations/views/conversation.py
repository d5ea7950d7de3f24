"""One conversation: what was said and understood, and everything one can do about it."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from frontdesk.console.asked import row_number
from frontdesk.console.bookings.models import Appointment
from frontdesk.console.conversations import page, panel, revealing, services
from frontdesk.console.conversations.models import Conversation, Mark, Tag
from frontdesk.console.conversations.page import Details, Writer
from frontdesk.console.conversations.store import store
from frontdesk.console.staff.access import member, needs
from frontdesk.console.staff.roles import VIEW

REVIEWERS = 50


@needs(VIEW)
@require_safe
def show_conversation(request: HttpRequest, number: int) -> HttpResponse:
    """The whole screen, at the end of the conversation or at the moment linked to."""
    conversation = found(number)
    services.mark_read(conversation)
    details = Details.of(store(), conversation.key)
    writer = writer_for(request, conversation, details)
    around = _number(request, "around")
    if around is None:
        stretch = page.last_lines(store(), conversation.key, writer)
    else:
        stretch = page.lines_around(store(), conversation.key, writer, around)
    shown: dict[str, Any] = {"stretch": stretch, "token": uuid.uuid4(), "here": "inbox"}
    shown |= beside(request, conversation, details)
    return render(request, "conversations/conversation.html", shown)


@needs(VIEW)
@require_safe
def show_lines(request: HttpRequest, number: int) -> HttpResponse:
    """The lines before or after a number, for a page that is open."""
    conversation = found(number)
    before, after = _number(request, "before"), _number(request, "after") or 0
    shown: dict[str, Any] = {"conversation": conversation}
    if before is not None:
        writer = writer_for(request, conversation, Details.of(store(), conversation.key))
        stretch = page.last_lines(store(), conversation.key, writer, before)
        return render(request, "conversations/older.html", shown | {"stretch": stretch})
    events = store().since(conversation.key, after, page.EVENTS)
    if not events:  # as each second, while nobody writes
        return HttpResponse(status=204)
    writer = writer_for(request, conversation, Details.of(store(), conversation.key))
    stretch = page.new_lines(events, writer, after)
    if not stretch.lines:
        return HttpResponse(status=204)
    services.mark_read(conversation)
    answer = render(request, "conversations/newer.html", shown | {"stretch": stretch})
    answer["HX-Trigger-After-Settle"] = "said"  # the panel looks again
    return answer


@needs(VIEW)
@require_safe
def show_panel(request: HttpRequest, number: int) -> HttpResponse:
    """What stands beside the conversation, for a page that is open."""
    conversation = found(number)
    details = Details.of(store(), conversation.key)
    return render(request, "conversations/panel.html", beside(request, conversation, details))


def found(number: int) -> Conversation:
    """The conversation of a number, or a page that says there is none."""
    return get_object_or_404(
        Conversation.objects.select_related("owner", "assigned_to", "reviewed_by"), pk=number
    )


def writer_for(request: HttpRequest, conversation: Conversation, details: Details) -> Writer:
    """Writes lines as whoever asks may see them."""
    return Writer(details.every, is_revealed=revealing.is_revealed(request, conversation))


def beside(request: HttpRequest, conversation: Conversation, details: Details) -> dict[str, Any]:
    """What the screen shows beside the lines."""
    is_revealed = revealing.is_revealed(request, conversation)
    marks = conversation.marks.filter(kind=Mark.Kind.TAG).values_list("value", flat=True)
    return {
        "conversation": conversation,
        "is_mine": conversation.owner_id == member(request).pk,
        "is_revealed": is_revealed,
        "contact": details.last,
        "health": panel.health(store(), conversation.key),
        "verdicts": panel.verdicts(conversation.suitability),
        "appointments": Appointment.objects.filter(conversation=conversation.key),
        "notes": conversation.notes.select_related("by"),
        "tags": sorted(marks),
        "known_tags": Tag.objects.all(),
        "people": User.objects.filter(is_active=True).order_by("username")[:REVIEWERS],
    }


def _number(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    asked = row_number(given)
    if given and asked is None:
        raise Http404
    return asked
