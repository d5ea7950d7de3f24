"""Messages to a telephone stand back while somebody waits at the website, and not for ever."""

import asyncio
import time

from frontdesk.channels import courtesy as module
from frontdesk.channels.courtesy import Courtesy


def test_nobody_waits_for_nobody():
    async def go():
        began = time.monotonic()
        await Courtesy().stand_back()
        return time.monotonic() - began

    assert asyncio.run(go()) < 0.1


def test_telephone_goes_when_the_last_visitor_is_served(monkeypatch):
    monkeypatch.setattr(module, "LONGEST", 10.0)

    async def go():
        courtesy, order = Courtesy(), []

        async def visit(name, seconds):
            with courtesy.visitor():
                await asyncio.sleep(seconds)
                order.append(name)

        async def ring():
            await courtesy.stand_back()
            order.append("telephone")

        first, second = visit("first", 0.02), visit("second", 0.06)
        await asyncio.gather(first, second, ring())
        return order

    assert asyncio.run(go()) == ["first", "second", "telephone"]


def test_telephone_does_not_wait_for_ever(monkeypatch):
    monkeypatch.setattr(module, "LONGEST", 0.05)

    async def go():
        courtesy = Courtesy()
        with courtesy.visitor():
            began = time.monotonic()
            await courtesy.stand_back()
            return time.monotonic() - began

    assert 0.04 < asyncio.run(go()) < 1.0


def test_visitor_who_writes_again_at_once_goes_first(monkeypatch):
    monkeypatch.setattr(module, "LONGEST", 10.0)

    async def go():
        courtesy, order = Courtesy(), []

        async def visit():
            for _ in range(2):
                with courtesy.visitor():
                    await asyncio.sleep(0.02)
                    order.append("visitor")
                await asyncio.sleep(0.001)

        async def ring():
            await asyncio.sleep(0.001)
            await courtesy.stand_back()
            order.append("telephone")

        await asyncio.gather(visit(), ring())
        return order

    assert asyncio.run(go()) == ["visitor", "visitor", "telephone"]
