"""Measures how many messages a second each bot answers when many people write at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import aiohttp

from benchmarks.bots import Bot
from benchmarks.places import NotMeasured, stage
from benchmarks.plan import Plan
from benchmarks.table import Limit, Row
from benchmarks.visitors import Visitor

MOST_UNANSWERED = 0.01  # share of messages above which speed means nothing


async def throughput(bots: Sequence[Bot], http: aiohttp.ClientSession, plan: Plan) -> Row:
    """Answered messages a second, both bots in turns, one at a time."""
    rates: dict[str, list[float]] = {bot.name: [] for bot in bots}
    for number in range(plan.rounds):
        for bot in bots:
            stage(f"{plan.clients} at once, {number + 1} of {plan.rounds}: {bot.name}")
            rates[bot.name].append(await rate(bot, http, plan))
    mean = {name: sum(found) / len(found) for name, found in rates.items()}
    measure = f"messages a second, {plan.clients} at once"
    limit = Limit(1.3, at_least=True, of_ratio=True)
    return Row(measure, mean["ours"], mean["reference"], "/s", 1, limit)


async def rate(bot: Bot, http: aiohttp.ClientSession, plan: Plan) -> float:
    """Answered messages a second of one bot.

    Raises:
        NotMeasured: too many messages got no answer.
    """
    answered = unanswered = 0
    ends = time.monotonic() + plan.seconds

    async def keep_writing(visitor: Visitor) -> None:
        nonlocal answered, unanswered
        while time.monotonic() < ends:
            try:
                await visitor.write()
            except (NotMeasured, aiohttp.ClientError):
                unanswered += 1
            else:
                answered += time.monotonic() < ends

    visitors = [Visitor(bot, http, first=number) for number in range(plan.clients)]
    await asyncio.gather(*(keep_writing(visitor) for visitor in visitors))
    if unanswered > MOST_UNANSWERED * (answered + unanswered):
        raise NotMeasured(
            f"{bot.name} left {unanswered} of {answered + unanswered} messages unanswered"
        )
    return answered / plan.seconds
