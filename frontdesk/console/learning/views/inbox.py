"""The messages that the assistant doubted, to be judged one after the other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from frontdesk.console.conversations.errors import CannotDo
from frontdesk.console.conversations.models import Message
from frontdesk.console.learning import choices, selectors, services
from frontdesk.console.learning.doubts import Place
from frontdesk.console.staff.access import member, needs
from frontdesk.console.staff.roles import CORRECT, VIEW


@needs(VIEW, CORRECT)
@require_safe
def show_doubts(request: HttpRequest) -> HttpResponse:
    """One page of the list, the most doubted first."""
    page = selectors.doubted(_place(request.GET.get("after", "")))
    shown = {"page": page, "intents": choices.intents(), "here": "learning"}
    return render(request, "learning/doubts.html", shown)


@needs(VIEW, CORRECT)
@require_POST
def judge(request: HttpRequest, event: int) -> HttpResponse:
    """Decide about one message, or take a decision back."""
    message = found(event)
    problem = ""
    try:
        _do(request, message)
    except CannotDo as error:
        problem = str(error)
    if request.headers.get("HX-Request"):
        return render(request, "learning/doubt.html", _row(message) | {"problem": problem})
    if problem:
        messages.error(request, problem)
    return redirect("learning")


def found(event: int) -> Message:
    """The visitor's message of an event, or a page that says there is none."""
    theirs = Message.objects.filter(sender=Message.Sender.VISITOR)
    return get_object_or_404(theirs.select_related("conversation", "correction"), event=event)


def _do(request: HttpRequest, message: Message) -> None:
    asked = request.POST.get("do", "")
    user = member(request)
    if asked == "accept":
        services.accept(message, user)
    elif asked == "aside":
        services.put_aside(message, user)
    elif asked == "undo":
        services.undo(message)
    else:
        services.correct(message, user, asked or request.POST.get("intent", ""))


def _row(message: Message) -> dict[str, Any]:
    again = found(message.event)
    return {
        "doubt": selectors.described([again])[0],
        "correction": getattr(again, "correction", None),
        "intents": choices.intents(),
    }


def _place(given: str) -> Place | None:
    """The place in the list that an address names; the beginning when it names none."""
    doubt, _, event = given.partition("_")
    try:
        return Place(float(doubt), int(event))
    except ValueError:
        return None
