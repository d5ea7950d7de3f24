"""Goes through the parts of a measurement in order and gathers their lines."""

from __future__ import annotations

from collections.abc import Collection

import aiohttp

from benchmarks import accuracy, making, speed
from benchmarks.bots import Bot
from benchmarks.flood import channels
from benchmarks.ours import Ours
from benchmarks.places import NotMeasured, stage
from benchmarks.plan import Plan
from benchmarks.reference import Reference
from benchmarks.report import Report
from benchmarks.throughput import throughput
from benchmarks.training import current, training
from benchmarks.visitors import browser, loaded, started
from benchmarks.window import window
from frontdesk.domain.errors import FrontdeskError
from frontdesk.settings import ROOT

PARTS = (
    *("training", "ready", "latency", "throughput", "memory"),
    *("channels", "accuracy", "clinical", "window"),
)
SERVED = ("latency", "throughput", "memory")
ALONE = {"clinical", "window"}  # they need no model of Rasa's


async def measure(parts: Collection[str], plan: Plan) -> Report:
    """Measure the parts asked for; one that fails is noted, and the others go on.

    Raises:
        NotMeasured: our model or the reference bot could not be made.
    """
    report = Report(plan)
    if set(parts) - ALONE:
        current()
    if "training" in parts:
        try:
            report.rows.append(training())
        except NotMeasured as error:
            report.failed.append(str(error))
    steps = (("ready",), _ready), (SERVED, _served), (("channels",), _flooded)
    for wanted, step in (*steps, (("accuracy",), _accuracy)):
        if set(wanted) & set(parts):
            async with browser() as http:
                try:
                    await step(parts, report, http)
                except (NotMeasured, aiohttp.ClientError, TimeoutError) as error:
                    report.failed.append(str(error) or type(error).__name__)
    if "clinical" in parts:
        # loads spaCy and the encoder: not while the servers are measured
        from benchmarks.clinical import clinical

        try:
            clinical(report)
        except FrontdeskError as error:
            report.failed.append(str(error))
    if "window" in parts:
        report.rows.append(window())
    return report


def _both() -> list[Bot]:
    return [Ours(), Reference(making.bot())]


async def _ready(_: Collection[str], report: Report, http: aiohttp.ClientSession) -> None:
    report.rows.append(await speed.ready(_both(), http, report.plan))


async def _served(parts: Collection[str], report: Report, http: aiohttp.ClientSession) -> None:
    """What is measured with both running: one pair of servers for all of it."""
    bots, plan = _both(), report.plan
    try:
        await speed.warm(bots, http, plan)
        if "latency" in parts:
            report.rows.append(await speed.one_message(bots, http, plan))
            report.rows.append(await speed.long_conversation(bots, http, plan))
        if "throughput" in parts:
            report.rows.append(await throughput(bots, http, plan))
        if "memory" in parts:
            report.rows.append(speed.memory(bots))
    except aiohttp.ClientError:
        for bot in bots:
            bot.check()  # one that stopped is the better explanation
        raise
    finally:
        for bot in bots:
            bot.stop()


async def _flooded(_: Collection[str], report: Report, http: aiohttp.ClientSession) -> None:
    report.rows += await channels(http, report.plan)


async def _accuracy(_: Collection[str], report: Report, http: aiohttp.ClientSession) -> None:
    """Ours beside the default pipeline, which learned from the same phrases."""
    accuracy.messages()  # before the long work
    ours = Ours()
    try:
        await started(ours, http)
        stage("Reading the held-out messages: ours")
        guesses = await accuracy.guesses(ours, http)
        all_found = await accuracy.entities(ours, http)
    finally:
        ours.stop()
    accuracy.note_confusions(guesses)
    report.remarks.append(f"What was misunderstood is in {accuracy.CONFUSIONS.relative_to(ROOT)}.")
    default = await _default(report, http)
    report.rows += accuracy.rows(accuracy.Score.of(guesses), default, all_found)


async def _default(report: Report, http: aiohttp.ClientSession) -> accuracy.Score | None:
    model = making.pipeline(may_train=report.plan.may_train)
    if model is None:
        report.remarks.append("The default pipeline has not learned our present phrases yet.")
        return None
    report.remarks.append(
        "Accuracy: the reference is the default pipeline, trained on our phrases."
    )
    bot = Reference(model.parent, model)
    try:
        stage("Reading the held-out messages: default pipeline")
        await loaded(bot, http)
        return accuracy.Score.of(await accuracy.guesses(bot, http))
    finally:
        bot.stop()
