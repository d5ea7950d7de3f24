"""Measures what is read of people's health: found, missed, alarmed at for nothing, how fast."""

from __future__ import annotations

from pathlib import Path

from benchmarks.clinical_scores import Readings, Score, rows
from benchmarks.context import DefaultContext
from benchmarks.misreadings import CONFUSIONS, FAULTS, note
from benchmarks.places import DEVELOPMENT, HELD_OUT, stage
from benchmarks.reading_time import loading, reading_time
from benchmarks.report import Report
from benchmarks.statements import Message, Read, Reading, messages, readings
from benchmarks.table import Row
from frontdesk import settings
from frontdesk.clinical import encoder, language, meanings
from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.loading import entries
from frontdesk.clinical.reading import TextReader
from frontdesk.domain.treatment import Treatment
from frontdesk.settings import ROOT

ASSERTIONS = "assertions"
SETS = ("findings", "red_flags", "near_misses", "ordinary")
# Not timed: the figures of the others stay comparable with older ones.
UNTIMED = ("visitors", "everyday")


def clinical(report: Report) -> None:
    """Measure the clinical reading alone, without servers, and add its lines to the report.

    Raises:
        NotMeasured: a file is missing, or the reader fails on a message.
        FrontdeskError: what it reads with cannot be made.
    """
    held_out = _messages(HELD_OUT, *SETS)
    untimed = _messages(HELD_OUT, *UNTIMED)
    development = _messages(DEVELOPMENT, ASSERTIONS)
    models, data = settings.models_folder(), settings.data_folder()
    reader = _reader(models, data)
    conditions = load_conditions(data)
    context = DefaultContext(reader.nlp, conditions)

    stage("Reading each message about health once, with a watch")
    _times(reader, context, development)  # to warm up
    times = _times(reader, context, held_out)

    stage("Reading them again to see what was understood: ours and ConText")
    held_out |= untimed
    ours = _all_read(held_out, lambda text: reader.read(text).findings)
    looked_at = _all_read(development, lambda text: reader.read(text).findings)
    default = _all_read(held_out, context.read)
    default[ASSERTIONS] = readings(development[ASSERTIONS], context.read)
    treatments = [
        name for name, one in entries(data / "treatments", Treatment).items() if one.covered
    ]
    of_health = [one for name in ("findings", *UNTIMED) for one in held_out[name]]
    by_rules = readings(of_health, lambda text: reader.reader.read(reader.nlp(text)).findings)
    default_by_rules = [one for name in ("findings", *UNTIMED) for one in default[name]]
    both = (
        Readings(**ours, by_rules=by_rules, assertions=looked_at[ASSERTIONS]),
        Readings(**default, by_rules=default_by_rules),
    )
    score, reference = (Score.of(sets, treatments, conditions) for sets in both)
    stage("Loading the reader in new processes")
    report.rows += [*rows(score, reference, both[0]), *times, loading(report.plan)]
    note(CONFUSIONS, ours)
    note(FAULTS, looked_at)
    report.remarks += [
        "Health: the reference is medSpaCy's ConText with the rules it comes with, "
        "on what our word lists find.",
        f"What was misread is in {CONFUSIONS.relative_to(ROOT)}; of messages that were looked at, "
        f"in {FAULTS.relative_to(ROOT)}.",
    ]


def _messages(folder: Path, *names: str) -> dict[str, list[Message]]:
    return {name: messages(folder / f"{name}.yml") for name in names}


def _all_read(sets: dict[str, list[Message]], read: Read) -> dict[str, list[Reading]]:
    return {name: readings(of, read) for name, of in sets.items()}


def _times(
    reader: TextReader, context: DefaultContext, sets: dict[str, list[Message]]
) -> list[Row]:
    texts = [message.text for all_ in sets.values() for message in all_]
    vectors = encoder.load(settings.models_folder() / "encoder")
    return reading_time(texts, reader.nlp, reader.reader, vectors, context)


def _reader(models: Path, data: Path) -> TextReader:
    """The reader with everything it needs made anew, unless that is current."""
    stage("What health statements are read with: making it when it is not current")
    language.build_if_stale(data, models / "reading")
    encoder.convert(models / "encoder")
    meanings.learn_if_stale(data, encoder.load(models / "encoder"), models / "meanings")
    return TextReader(models, data)
