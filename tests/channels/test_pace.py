"""Limits on how often one may write, in this process and in Redis."""

from __future__ import annotations

import uuid

import pytest

from frontdesk.channels.pace import Pace, TooMany


@pytest.fixture(params=["memory", "redis"])
def address(request):
    return "" if request.param == "memory" else request.getfixturevalue("redis")


def test_limit_holds_per_person_and_says_how_long_to_wait(address):
    pace, one, other = Pace("3 per 20 second", address), uuid.uuid4().hex, uuid.uuid4().hex
    for _ in range(3):
        pace.take("message", one)
    with pytest.raises(TooMany) as refused:
        pace.take("message", one)
    assert 1 <= refused.value.wait <= 20
    pace.take("message", other)


def test_several_workers_count_together(redis):
    who = uuid.uuid4().hex
    Pace("1 per minute", redis).take("message", who)
    with pytest.raises(TooMany):
        Pace("1 per minute", redis).take("message", who)
