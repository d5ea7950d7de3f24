"""Reads what is new while the console runs, and sees to it that nobody waits unheard."""

from __future__ import annotations

import datetime
import logging

from django.conf import settings
from django.utils import timezone

from frontdesk.console.bookings import facts
from frontdesk.console.conversations import notices, reader, services
from frontdesk.console.conversations.errors import CannotDo
from frontdesk.console.conversations.models import Conversation, Need
from frontdesk.console.conversations.queue import queue
from frontdesk.console.conversations.store import store
from frontdesk.console.rounds import Rounds

PAUSE = 0.4  # seconds between looks for what is new
SELDOM = 5.0  # seconds between looks for whoever waits too long
WAITING = (Need.PERSON, Need.COMPLAINT)
logger = logging.getLogger(__name__)


class Watch(Rounds):
    """Reads the assistant's stores, tells staff, and looks after those who wait."""

    def __init__(self) -> None:
        super().__init__("watch", PAUSE, SELDOM)

    def work(self) -> None:
        """Read what is new, and tell staff."""
        while read_new() >= reader.AT_ONCE and not self.stopped.is_set():
            pass
        notices.send_due()

    def work_seldom(self) -> None:
        """Look after those who wait."""
        look_after_waiting()


def read_new() -> int:
    """Read one batch of what is new; how much there was."""
    return reader.read_events(store()) + reader.read_handoffs(queue())


def look_after_waiting() -> None:
    """Tell those who wait for a person how things are."""
    now = timezone.now()
    for conversation in kept_waiting(now):
        _try(services.apologize, conversation)
    for conversation in left_silent(now):
        _try(services.return_silent, conversation)


def kept_waiting(now: datetime.datetime) -> list[Conversation]:
    """Those who asked for a person while we were open, and whom nobody has joined."""
    longest = now - datetime.timedelta(minutes=settings.WAIT_MINUTES)
    waiting = Conversation.objects.filter(
        need__in=WAITING, owner=None, told_waiting_at=None, need_at__lt=longest
    )
    # when we are closed, the assistant has said so itself
    return [one for one in waiting if one.need_at and facts.is_open(one.need_at)]


def left_silent(now: datetime.datetime) -> list[Conversation]:
    """Those who wrote to one of us and got no answer."""
    longest = now - datetime.timedelta(minutes=settings.SILENT_MINUTES)
    return list(
        Conversation.objects.filter(mode=Conversation.Mode.PERSON, waiting_since__lt=longest)
    )


def _try(do: object, conversation: Conversation) -> None:
    try:
        do(conversation)  # type: ignore[operator]
    except CannotDo as error:
        logger.warning("conversation %s waits: %s", conversation.pk, error.code)
