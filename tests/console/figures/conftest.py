"""The same store and people as for the conversations, and days to write on."""

import datetime

import pytest

from frontdesk.console.conversations.models import Conversation
from frontdesk.console.figures.period import Period
from tests.console.conversations.conftest import assistant, employ, maya, read

__all__ = ["assistant", "employ", "maya", "read"]


@pytest.fixture
def period(db):
    """The last thirty days."""
    return Period.read("30")


@pytest.fixture
def on(assistant, period):
    """Let the next events happen so many days before today, at an hour of the clinic's."""

    def move(days_ago, hour=12, minute=0):
        day = period.last - datetime.timedelta(days=days_ago)
        at = datetime.datetime.combine(day, datetime.time(hour, minute), period.zone)
        assistant.now = at.timestamp()
        return day

    return move


@pytest.fixture
def known():
    """A conversation by its key."""
    return lambda key: Conversation.objects.get(key=key)
