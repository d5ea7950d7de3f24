"""Sending tries again as it is asked to, gives up in time, and never blocks anybody."""

from __future__ import annotations

import asyncio
import time

import pytest

from frontdesk.channels import clerk as clerk_module
from frontdesk.channels.clerk import Clerk
from frontdesk.channels.delivery import Carrier, TryLater, Undeliverable, persist
from frontdesk.channels.mailbox import Letter, Mailbox
from frontdesk.channels.people import People
from frontdesk.channels.tables import opened
from tests.channels.providers.standin import Asked, Reply, StandIn
from tests.stack import free_port


class Provider(StandIn):
    name = "provider"

    def answer(self, asked: Asked) -> Reply:
        return Reply(200, {"ok": True})


@pytest.fixture
def provider():
    running = Provider()
    yield running
    running.close()


def sent(url, patience):
    """Send once through a carrier; the seconds it took."""

    async def send():
        carrier, began = Carrier(), time.monotonic()

        async def attempt():
            told = await carrier.call(url, json={})
            if told.status == 429:
                raise TryLater(told.retry_after)
            return told

        try:
            await persist(attempt, patience)
        finally:
            await carrier.close()
        return time.monotonic() - began

    return asyncio.run(send())


def test_waits_as_long_as_it_is_asked_to(provider):
    provider.trouble.append(Reply(429, {}, {"Retry-After": "2"}))
    assert sent(provider.address, 10) >= 2
    assert len(provider.asked) == 2


def test_waits_longer_each_time(provider):
    provider.trouble.extend([Reply(503), Reply(500)])
    assert sent(provider.address, 30) >= 0.8 * (0.5 + 1.0)
    assert len(provider.asked) == 3


def test_gives_up_when_the_wait_is_longer_than_its_patience(provider):
    provider.trouble.append(Reply(429, {}, {"Retry-After": "60"}))
    began = time.monotonic()
    with pytest.raises(Undeliverable) as refused:
        sent(provider.address, 5)
    assert str(refused.value).startswith("unreachable")
    assert time.monotonic() - began < 5 and len(provider.asked) == 1


def test_nobody_there():
    with pytest.raises(Undeliverable, match=r"^unreachable"):
        sent(f"http://127.0.0.1:{free_port()}", 1)


def test_redirect_is_not_followed(provider):
    """A token must not travel to where somebody else points."""
    provider.trouble.append(Reply(302, {}, {"Location": f"{provider.address}/elsewhere"}))
    sent(provider.address, 1)
    assert len(provider.asked) == 1


@pytest.fixture
def mailbox(tmp_path):
    engine = opened(f"sqlite:///{tmp_path}/channels.db")
    people = People(engine, "telegram", "key")
    conversation = people.conversation("1")
    with engine.begin() as connection:
        people.meet(connection, conversation, {"chat": "1"})
        found = Mailbox(engine, "telegram")
        found.accept(connection, [Letter(f"claim{n}", conversation, "{}") for n in range(2)])
    return found, conversation


def work(mailbox, answer, send, until, is_ready=lambda: True):
    """Let a clerk work until something is so."""

    async def run():
        clerk = Clerk("telegram", mailbox, answer, send, lambda: None, is_ready)
        clerk.start()
        ends = time.monotonic() + 10
        while not until() and time.monotonic() < ends:
            await asyncio.sleep(0.02)
        await clerk.stop()

    asyncio.run(run())
    assert until()


def test_letter_that_cannot_be_answered_is_given_up_and_the_next_is_not(mailbox, monkeypatch):
    monkeypatch.setattr(clerk_module, "SWEEP", 0.05)
    box, _conversation = mailbox
    tried, out = [], []

    async def answer(letter):
        tried.append(letter.claim)
        if letter.claim == "claim0":
            raise RuntimeError("a fault of ours")
        return [{"to": letter.claim}]

    async def send(_, piece):
        out.append(piece)

    work(box, answer, send, lambda: out == [{"to": "claim1"}])
    assert tried == ["claim0"] * clerk_module.TRIES + ["claim1"]


def test_nothing_is_begun_without_a_model(mailbox, monkeypatch):
    monkeypatch.setattr(clerk_module, "SWEEP", 0.05)
    box, _conversation = mailbox
    began, out = time.monotonic(), []

    async def answer(letter):
        return [{"at": time.monotonic()}]

    async def send(_, piece):
        out.append(piece["at"])

    work(box, answer, send, lambda: len(out) == 2, lambda: time.monotonic() > began + 0.5)
    assert out[0] >= began + 0.5


def test_piece_on_its_way_may_end_when_the_process_stops(mailbox):
    box, conversation = mailbox
    begun, out = [], []

    async def answer(letter):
        return [{"to": letter.claim}]

    async def send(_, piece):
        begun.append(piece)
        await asyncio.sleep(0.5)
        out.append(piece)

    work(box, answer, send, lambda: bool(begun))
    assert out == begun == [{"to": "claim0"}]
    assert box.leaving(conversation) is None
    assert conversation in box.left_over(), "the other letter waits for whoever starts next"
