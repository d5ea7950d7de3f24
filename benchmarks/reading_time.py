"""Measures how long the clinical reading of a message takes, and loading what it needs."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from spacy.language import Language

from benchmarks.context import DefaultContext
from benchmarks.plan import Plan
from benchmarks.processes import output_of, run
from benchmarks.table import Limit, Row
from frontdesk import settings
from frontdesk.clinical.clauses import parts
from frontdesk.clinical.encoder import SentenceEncoder
from frontdesk.clinical.reading import Reader

MILLISECONDS = 1000
LOADING = "loading of the reader"


def reading_time(
    texts: Sequence[str],
    nlp: Language,
    reader: Reader,
    encoder: SentenceEncoder,
    context: DefaultContext,
) -> list[Row]:
    """The time of each step of the reading: medians of one message, each read once."""
    steps: dict[str, list[float]] = {"words": [], "rules": [], "meaning": [], "context": []}
    for text in texts:
        words, doc = _timed(partial(nlp, text))
        rules, _ = _timed(partial(reader.read, doc))
        again = nlp(text)
        # the vector of the whole message is there in any case: the intents are read from it
        whole, _ = _timed(partial(encoder.encode, [text]))
        encoding, vectors = _timed(partial(encoder.encode, [text, *parts(again)]))
        both, _ = _timed(partial(reader.read, again, vectors))
        judging, _ = _timed(partial(context.judge, context.doc(text)))
        steps["words"].append(words)
        steps["rules"].append(rules)
        steps["meaning"].append(encoding - whole + both - rules)
        steps["context"].append(judging)
    medians = {name: statistics.median(times) * MILLISECONDS for name, times in steps.items()}
    slowest = statistics.quantiles(steps["meaning"], n=20)[-1]
    return [
        Row("word lists and clauses, median", medians["words"], None, "ms", 2),
        Row("assertion rules, median", medians["rules"], medians["context"], "ms", 2, Limit(3)),
        Row("second reader, added, median", medians["meaning"], None, "ms", 2, Limit(6)),
        Row("second reader, added, slowest of 20", slowest * MILLISECONDS, None, "ms", 2),
    ]


def loading(plan: Plan) -> Row:
    """The time to load the reader in a new process, without the imports.

    Raises:
        NotMeasured: it fails.
    """
    folders = [str(settings.models_folder()), str(settings.data_folder())]
    times = []
    for _ in range(plan.starts):
        run(LOADING, ["-m", "benchmarks.loading", *folders], settings.ROOT, os.environ)
        times.append(float(output_of(LOADING).read_text(encoding="utf-8").split()[-1]))
    return Row(LOADING, statistics.median(times), None, "s", 1, Limit(3))


def _timed(step: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = step()
    return time.perf_counter() - began, done
