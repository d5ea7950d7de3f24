"""Measures what visitors of the website notice while a messaging channel is flooded."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import aiohttp
from aiohttp import web

from benchmarks.ours import Ours
from benchmarks.places import NotMeasured, stage
from benchmarks.plan import Plan
from benchmarks.processes import free_port
from benchmarks.table import Limit, Row
from benchmarks.throughput import rate
from benchmarks.visitors import Visitor, started

SECRET = "a-secret-for-measuring-only"
FLOOD = 100  # deliveries a second: half of them forged, half from ten people who never stop
FLOODERS = 10
LEAST_ANSWERED = 0.95  # share of deliveries answered as they should, below which it was no flood


async def channels(http: aiohttp.ClientSession, plan: Plan) -> list[Row]:
    """Website messages a second and the wait for one, calm and with Telegram flooded, in turns.

    Raises:
        NotMeasured: the flood did not get through, or visitors got no answers.
    """
    port = free_port()
    provider = await _provider(port)
    bot = Ours()
    try:
        with _telegram_on(port):
            stage("Starting ours with Telegram on")
            await started(bot, http)
        rates, waits = await _measured(bot, http, plan)
    finally:
        bot.stop()
        await provider.cleanup()
    many = f"messages a second, {plan.clients} at once"
    return [
        _row(f"{many}, Telegram flooded / calm", rates, "/s", Limit(0.8, True, True)),
        _row("one message, Telegram flooded / calm", waits, "ms", Limit(1.5, of_ratio=True)),
    ]


def _row(measure: str, found: dict[bool, list[float]], unit: str, limit: Limit) -> Row:
    flooded, calm = (statistics.median(found[is_flooded]) for is_flooded in (True, False))
    return Row(measure, flooded, calm, unit, 1, limit)


async def _measured(
    bot: Ours, http: aiohttp.ClientSession, plan: Plan
) -> tuple[dict[bool, list[float]], dict[bool, list[float]]]:
    """Rates and waits, by whether there was a flood."""
    rates: dict[bool, list[float]] = {True: [], False: []}
    waits: dict[bool, list[float]] = {True: [], False: []}
    visitor = Visitor(bot, http)
    for number, is_flooded in itertools.product(range(plan.rounds), (False, True)):
        stage(f"Round {number + 1} of {plan.rounds}: {'flooded' if is_flooded else 'calm'}")
        async with _flood(f"{bot.address}/webhooks/telegram/webhook", is_flooded):
            waits[is_flooded] += [1000 * await visitor.write() for _ in range(plan.block)]
            rates[is_flooded].append(await rate(bot, http, plan))
    return rates, waits


@asynccontextmanager
async def _flood(url: str, is_on: bool) -> AsyncIterator[None]:
    """Deliver without end, at a steady pace, for as long as the block takes.

    Raises:
        NotMeasured: too few deliveries were answered as they should.
    """
    if not is_on:
        yield
        return
    told: Counter[bool] = Counter()
    async with aiohttp.ClientSession() as http:
        pouring = asyncio.create_task(_pour(url, http, told))
        try:
            yield
        finally:
            pouring.cancel()
            await asyncio.gather(pouring, return_exceptions=True)
    all_told = sum(told.values())
    if not all_told or told[True] < LEAST_ANSWERED * all_told:
        raise NotMeasured(f"only {told[True]} of {all_told} deliveries were answered well")


async def _pour(url: str, http: aiohttp.ClientSession, told: Counter[bool]) -> None:
    began = time.monotonic()
    running: set[asyncio.Task[None]] = set()
    for number in itertools.count():
        await asyncio.sleep(max(0.0, began + number / FLOOD - time.monotonic()))
        task = asyncio.create_task(_deliver(url, http, number, told))
        running.add(task)
        task.add_done_callback(running.discard)


async def _deliver(url: str, http: aiohttp.ClientSession, number: int, told: Counter[bool]) -> None:
    is_forged, person = number % 2, 1 + number // 2 % FLOODERS
    chat = {"id": person, "type": "private"}
    message = {"message_id": number, "chat": chat, "text": "where are you?"}
    update = {"update_id": number + int(time.time() * 1000), "message": message}
    headers = {"X-Telegram-Bot-Api-Secret-Token": "guess" if is_forged else SECRET}
    try:
        async with http.post(url, data=json.dumps(update), headers=headers) as answer:
            told[answer.status == (403 if is_forged else 200)] += 1
    except aiohttp.ClientError:
        told[False] += 1


@contextmanager
def _telegram_on(port: int) -> Iterator[None]:
    """Settings with the limits people meet, for the start of the processes."""
    given = {
        "FRONTDESK_TELEGRAM_TOKEN": "1:token",
        "FRONTDESK_TELEGRAM_SECRET": SECRET,
        "FRONTDESK_TELEGRAM_API": f"http://127.0.0.1:{port}",
    }
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


async def _provider(port: int) -> web.AppRunner:
    """A server that takes whatever is sent to Telegram."""

    async def take(_: web.Request) -> web.Response:
        return web.json_response({"ok": True, "result": {"message_id": 1}})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    return runner
