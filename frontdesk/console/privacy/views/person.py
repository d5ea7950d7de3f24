"""What is kept of somebody: saved for them, or erased, with the receipts of what was removed."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from frontdesk.console.asked import row_number
from frontdesk.console.conversations import services as conversations
from frontdesk.console.conversations.models import Conversation, Need
from frontdesk.console.privacy import export, printed, services
from frontdesk.console.privacy.errors import BookingsStand, UnreadableContact
from frontdesk.console.privacy.models import Receipt
from frontdesk.console.staff.access import member, needs
from frontdesk.console.staff.models import Look
from frontdesk.console.staff.records import record
from frontdesk.console.staff.roles import ERASE

RECEIPTS = 50
SURE = "yes"


@needs(ERASE)
@require_safe
def show_person(request: HttpRequest) -> HttpResponse:
    """The requests that wait, the two forms, and the receipts."""
    waiting = Conversation.objects.filter(need=Need.ERASURE).order_by("need_at")
    receipts = [
        (receipt, "\n".join(printed.lines(receipt))) for receipt in Receipt.objects.all()[:RECEIPTS]
    ]
    shown = {"waiting": waiting, "receipts": receipts, "here": "person"}
    return render(request, "privacy/person.html", shown)


@needs(ERASE)
@require_POST
def save_person(request: HttpRequest) -> HttpResponse:
    """Everything that is kept under a contact, as a file for them."""
    try:
        content = export.of_contact(request.POST.get("contact", ""))
    except UnreadableContact as error:
        messages.error(request, _sentence(error))
        return redirect("person")
    record(member(request), Look.Deed.EXPORTED, reason="everything of one person")
    text = json.dumps(content, ensure_ascii=False, indent=2, default=str)
    headers = {"Content-Disposition": 'attachment; filename="person.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


@needs(ERASE)
@require_POST
def erase_person(request: HttpRequest) -> HttpResponse:
    """Erase everything under a contact, or one conversation, once somebody is sure."""
    user = member(request)
    cancel = request.POST.get("cancel_bookings") == SURE
    conversation = request.POST.get("conversation", "")
    if request.POST.get("is_sure") != SURE:
        messages.error(request, "Tick the box first: what is erased cannot be brought back.")
        return redirect("person")
    try:
        if conversation:
            receipt = _erase_conversation(row_number(conversation), user.get_username(), cancel)
        else:
            contact = request.POST.get("contact", "")
            receipt = services.erase_contact(contact, user.get_username(), cancel_bookings=cancel)
    except (UnreadableContact, BookingsStand) as error:
        messages.error(request, _sentence(error))
        return redirect("person")
    record(user, Look.Deed.ERASED, reason=f"receipt {receipt.pk}")
    _tell(request, receipt)
    return redirect("person")


def _erase_conversation(asked: int | None, by: str, cancel_bookings: bool) -> Receipt:
    conversation = get_object_or_404(Conversation, pk=asked or 0)
    if conversation.need == Need.ERASURE:
        # said before, because afterwards nobody knows how to reach them
        conversations.tell_erased(conversation)
    return services.erase_conversation(conversation.key, by, cancel_bookings=cancel_bookings)


def _tell(request: HttpRequest, receipt: Receipt) -> None:
    if receipt.is_complete:
        messages.success(request, f"Erased. Receipt {receipt.pk} says what was removed.")
    else:
        places = ", ".join(sorted(receipt.problems))
        messages.error(request, f"Not all of it is erased: {places} failed. Please do it again.")


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"Nothing was done: {text}."
