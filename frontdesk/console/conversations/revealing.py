"""Lets one of the staff see a conversation's personal details for a while, on record."""

from __future__ import annotations

import time

from django.http import HttpRequest

from frontdesk.console.conversations.errors import CannotDo
from frontdesk.console.conversations.models import Conversation
from frontdesk.console.staff.access import member
from frontdesk.console.staff.models import Look
from frontdesk.console.staff.records import record
from frontdesk.console.staff.roles import REVEAL

REVEALED = "revealed"
LASTS = 30 * 60  # seconds
SHORTEST, LONGEST = 5, 200  # characters of a reason


def is_revealed(request: HttpRequest, conversation: Conversation) -> bool:
    """Whether whoever asks may see the details of this conversation now."""
    until = request.session.get(REVEALED, {}).get(str(conversation.pk), 0)
    return bool(until > time.time() and request.user.has_perm(REVEAL))


def reveal(request: HttpRequest, conversation: Conversation, reason: str) -> None:
    """Show the details of one conversation for half an hour, and note why.

    Raises:
        CannotDo: no reason is given.
    """
    told = " ".join(reason.split())
    if not SHORTEST <= len(told) <= LONGEST:
        raise CannotDo(f"Please say why, in {SHORTEST} to {LONGEST} characters.")
    record(member(request), Look.Deed.REVEALED, conversation.pk, told)
    now = time.time()
    kept = {pk: until for pk, until in request.session.get(REVEALED, {}).items() if until > now}
    request.session[REVEALED] = kept | {str(conversation.pk): now + LASTS}


def hide(request: HttpRequest, conversation: Conversation) -> None:
    """Mask the details again."""
    kept = dict(request.session.get(REVEALED, {}))
    kept.pop(str(conversation.pk), None)
    request.session[REVEALED] = kept
