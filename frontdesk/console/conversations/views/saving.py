"""A conversation as a file: as text, and as a test story."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from frontdesk.console.conversations import page, story
from frontdesk.console.conversations.page import Details, Writer
from frontdesk.console.conversations.store import store
from frontdesk.console.conversations.views.conversation import found, writer_for
from frontdesk.console.staff.access import member, needs
from frontdesk.console.staff.models import Look
from frontdesk.console.staff.records import record
from frontdesk.console.staff.roles import VIEW

MOST = 20_000  # events


@needs(VIEW)
@require_safe
def save_text(request: HttpRequest, number: int) -> HttpResponse:
    """The conversation as plain text, masked as on the screen."""
    conversation = found(number)
    events = store().before(conversation.key, None, MOST)
    details = Details.of(store(), conversation.key)
    lines = writer_for(request, conversation, details).lines(events)
    record(member(request), Look.Deed.EXPORTED, conversation.pk, "as text")
    return _file(page.as_text(lines), f"conversation-{number}.txt", "text/plain")


@needs(VIEW)
@require_safe
def save_story(request: HttpRequest, number: int) -> HttpResponse:
    """The conversation as a test story for `rasa test`, always masked."""
    conversation = found(number)
    events = store().before(conversation.key, None, MOST)
    writer = Writer(Details.of(store(), conversation.key).every, is_revealed=False)
    told = story.as_story(events, writer, f"Conversation {number}")
    record(member(request), Look.Deed.EXPORTED, conversation.pk, "as a test story")
    return _file(told, f"test_conversation_{number}.yml", "application/yaml")


def _file(text: str, name: str, kind: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)
