"""What staff do with a conversation; each answers with what has changed on the screen."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from frontdesk.console.conversations import revealing, services
from frontdesk.console.conversations.errors import CannotDo
from frontdesk.console.conversations.models import Conversation
from frontdesk.console.conversations.views.conversation import found
from frontdesk.console.staff.access import member, needs
from frontdesk.console.staff.models import Look
from frontdesk.console.staff.records import record
from frontdesk.console.staff.roles import ANSWER, REVEAL, SORT

Deed = Callable[[HttpRequest, Conversation], None]
View = Callable[[HttpRequest, int], HttpResponse]


def deed(permission: str) -> Callable[[Deed], View]:
    """A view that does one thing and shows the conversation again, with what went wrong if any."""

    def make(do: Deed) -> View:
        @needs(permission)
        @require_POST
        @functools.wraps(do)
        def view(request: HttpRequest, number: int) -> HttpResponse:
            conversation = found(number)
            try:
                do(request, conversation)
            except CannotDo as error:
                messages.error(request, str(error))
            return redirect("conversation", number)

        return view  # type: ignore[return-value]

    return make


@deed(ANSWER)
def take_over(request: HttpRequest, conversation: Conversation) -> None:
    """Answer this visitor oneself."""
    services.take_over(conversation, member(request))
    record(member(request), Look.Deed.TOOK_OVER, conversation.pk)


@deed(ANSWER)
def hand_back(request: HttpRequest, conversation: Conversation) -> None:
    """Let the assistant answer again."""
    services.hand_back(conversation, member(request))
    record(member(request), Look.Deed.HANDED_BACK, conversation.pk)


@needs(ANSWER)
@require_POST
def write(request: HttpRequest, number: int) -> HttpResponse:
    """Write to the visitor; what could not be sent stays in the box."""
    conversation = found(number)
    text = request.POST.get("text", "")
    shown = {"conversation": conversation, "is_mine": True}
    try:
        token = uuid.UUID(request.POST.get("token", ""))
        services.write(conversation, member(request), text, token)
    except ValueError:
        shown |= {"problem": "Please load the page again.", "text": text, "token": uuid.uuid4()}
    except CannotDo as error:
        shown |= {"problem": str(error), "text": text, "token": uuid.uuid4()}
    else:
        shown |= {"token": uuid.uuid4(), "is_sent": True}
    return render(request, "conversations/composer.html", shown)


@deed(SORT)
def deal_with(request: HttpRequest, conversation: Conversation) -> None:
    """What needed a person is done."""
    services.deal_with(conversation)


@deed(SORT)
def assign(request: HttpRequest, conversation: Conversation) -> None:
    """Give a conversation to somebody, or to nobody."""
    name = request.POST.get("to", "")
    to = User.objects.filter(username=name, is_active=True).first()
    if name and to is None:
        raise CannotDo("There is nobody of that name.")
    services.assign(conversation, to)


@deed(SORT)
def review(request: HttpRequest, conversation: Conversation) -> None:
    """Mark as reviewed, or not."""
    is_reviewed = request.POST.get("is_reviewed") == "yes"
    services.review(conversation, member(request), is_reviewed=is_reviewed)


@deed(SORT)
def tag(request: HttpRequest, conversation: Conversation) -> None:
    """Put a tag on, or take one off."""
    if "remove" in request.POST:
        services.untag(conversation, request.POST["remove"])
    else:
        services.tag(conversation, request.POST.get("tag", ""))


@deed(SORT)
def note(request: HttpRequest, conversation: Conversation) -> None:
    """Leave a note for the others."""
    services.note(conversation, member(request), request.POST.get("text", ""))


@deed(REVEAL)
def reveal(request: HttpRequest, conversation: Conversation) -> None:
    """See names, numbers and addresses, for a reason."""
    if "hide" in request.POST:
        revealing.hide(request, conversation)
    else:
        revealing.reveal(request, conversation, request.POST.get("reason", ""))
