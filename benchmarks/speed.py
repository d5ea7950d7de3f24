"""Measures how soon the two bots are ready, how fast they answer and how much memory they hold."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import aiohttp

from benchmarks.bots import Bot
from benchmarks.places import stage
from benchmarks.plan import Plan
from benchmarks.table import Limit, Row
from benchmarks.visitors import Visitor, started

Figures = dict[str, float]
MILLISECONDS = 1000


async def ready(bots: Sequence[Bot], http: aiohttp.ClientSession, plan: Plan) -> Row:
    """The time from the start of the processes to the first answer, in turns."""
    times: dict[str, list[float]] = {bot.name: [] for bot in bots}
    for number in range(plan.starts):
        for bot in bots:
            stage(f"Start {number + 1} of {plan.starts}: {bot.name}")
            try:
                times[bot.name].append(await started(bot, http))
            finally:
                bot.stop()
    medians = {name: statistics.median(found) for name, found in times.items()}
    limit = Limit(0.5, of_ratio=True)
    return _row("ready after the start", medians, "s", limit)


async def warm(bots: Sequence[Bot], http: aiohttp.ClientSession, plan: Plan) -> None:
    """Start both bots and let each answer a while, unmeasured."""
    for bot in bots:
        stage(f"Starting {bot.name}")
        await started(bot, http)
    for bot in bots:
        visitor = Visitor(bot, http)
        for _ in range(2 * plan.block):
            await visitor.write()


async def one_message(bots: Sequence[Bot], http: aiohttp.ClientSession, plan: Plan) -> Row:
    """The time to one answer, both bots in turns."""
    stage(f"One message at a time, {plan.messages} to each")
    visitors = {bot.name: Visitor(bot, http) for bot in bots}
    times: dict[str, list[float]] = {bot.name: [] for bot in bots}
    for _ in range(plan.messages // plan.block):
        for name, visitor in visitors.items():
            times[name] += [await visitor.write() for _ in range(plan.block)]
    medians = {name: statistics.median(found) * MILLISECONDS for name, found in times.items()}
    return _row("one message, median", medians, "ms", Limit(0.6, of_ratio=True))


async def long_conversation(bots: Sequence[Bot], http: aiohttp.ClientSession, plan: Plan) -> Row:
    """The time to one answer late in one conversation."""
    stage(f"One conversation of {plan.turns} turns with each")
    medians = {}
    for bot in bots:
        visitor = Visitor(bot, http)
        for _ in range(plan.turns):
            await visitor.write(always_the_same=True)
        times = [await visitor.write(always_the_same=True) for _ in range(plan.block)]
        medians[bot.name] = statistics.median(times) * MILLISECONDS
    return _row(f"one message after {plan.turns} turns, median", medians, "ms")


def memory(bots: Sequence[Bot]) -> Row:
    """What the processes of each hold in memory now."""
    return _row("memory of the servers", {bot.name: bot.memory() for bot in bots}, "MB", digits=0)


def _row(
    measure: str, figures: Figures, unit: str, limit: Limit | None = None, digits: int = 1
) -> Row:
    return Row(measure, figures["ours"], figures["reference"], unit, digits, limit)
