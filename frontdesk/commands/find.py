"""Shows what is read of somebody's health in one message, and what follows for each massage."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from frontdesk import settings
from frontdesk.channels.boundary import plain_text
from frontdesk.clinical import encoder, language, meanings
from frontdesk.clinical.loading import entries
from frontdesk.clinical.reading import REFUSED, Reading, TextReader
from frontdesk.domain.assessment import Assessment, assess
from frontdesk.domain.condition import Condition
from frontdesk.domain.errors import FrontdeskError
from frontdesk.domain.finding import Finding
from frontdesk.domain.treatment import Treatment

HEADINGS = ("id", "reader", "sure", "outcome", "because")
GAP = "  "


def prepare(models: Path, data: Path) -> None:
    """Make what the reading needs and is not there or not current, and say so.

    Raises:
        FrontdeskError: the words of ``data`` or the encoder cannot be used.
    """
    if _kept(models / "reading" / language.MARK) != language.data_mark(data):
        print("Reading the words of data/ ...", flush=True)
        language.build_if_stale(data, models / "reading")
    if not encoder.is_current(models / "encoder"):
        print("Converting the sentence encoder (once) ...", flush=True)
        encoder.convert(models / "encoder")
    if _kept(models / "meanings" / meanings.MARK) != meanings.data_mark(data):
        print("Learning what health statements mean (two minutes, at first five) ...", flush=True)
        meanings.learn_if_stale(data, encoder.load(models / "encoder"), models / "meanings")


def _kept(mark: Path) -> str:
    return mark.read_text(encoding="ascii") if mark.exists() else ""


def report(
    text: str, reading: Reading, conditions: Mapping[str, Condition], treatments: Iterable[str]
) -> str:
    """All of it as printed: the message marked, two tables, the verdicts and the urgency."""
    assessment = assess(reading.findings, treatments, conditions)
    found = [_row(*pair, reading) for pair in zip(reading.findings, reading.places, strict=True)]
    refused = _refused(reading)
    lines = [marked(text, reading.places), ""]
    lines += table([HEADINGS, *found]) if found else ["Nothing about health was found."]
    if refused:
        lines += ["", "considered and let go", *table(refused)]
    return "\n".join([*lines, "", *_verdicts(assessment)])


def marked(text: str, places: Iterable[tuple[int, int]]) -> str:
    """The message with brackets around the words of each finding: "I take [warfarin]"."""
    each = set(places)
    signs = [(end, 0, "]") for _, end in each] + [(start, 1, "[") for start, _ in each]
    for place, _, sign in sorted(signs, reverse=True):
        text = text[:place] + sign + text[place:]
    return text


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows with their columns under each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _row(finding: Finding, place: tuple[int, int], reading: Reading) -> tuple[str, ...]:
    key = (finding.id, *place)
    told = (one for one in reading.considered if (one.id, one.start, one.end) == key)
    because = next((one.because for one in told if not one.outcome.startswith(REFUSED)), ())
    outcome = f"{finding.assertion.value}, {finding.subject.value}"
    if finding.is_doubtful:
        outcome += ", asks"
    return (finding.id, finding.reader, f"{finding.sureness:.0%}", outcome, "; ".join(because))


def _refused(reading: Reading) -> list[tuple[str, ...]]:
    """What was let go at once, and what gave way to another statement of the same entry."""
    found = {(one.id, *place) for one, place in zip(reading.findings, reading.places, strict=True)}
    rows: list[tuple[str, ...]] = []
    for one in reading.considered:
        outcome = one.outcome
        if not outcome.startswith(REFUSED):
            if (one.id, one.start, one.end) in found:
                continue
            outcome += "; another statement of it counts"
        rows.append((one.id, one.reader, f"{one.sureness:.0%}", outcome, f"“{one.text.strip()}”"))
    return rows


def _verdicts(assessment: Assessment) -> list[str]:
    rows = [
        (treatment, verdict.value, ", ".join(assessment.reasons[treatment]))
        for treatment, verdict in assessment.verdicts.items()
    ]
    return table([*rows, ("urgency", assessment.urgency.value, "")])


def main() -> None:
    """Print what is found in the words given."""
    text = plain_text(" ".join(sys.argv[1:]))
    if not text:
        sys.exit('Say something: make find TEXT="I take warfarin and my calf is hot"')
    # medSpaCy's second matcher is empty here, which spaCy tells at each message
    warnings.filterwarnings("ignore", message=r"\[W036\]")
    models, data = settings.models_folder(), settings.data_folder()
    try:
        prepare(models, data)
        reader = TextReader(models, data)
        treatments = entries(data / "treatments", Treatment)
    except FrontdeskError as error:
        sys.exit(f"Cannot read: {error}")
    covered = [name for name, treatment in treatments.items() if treatment.covered]
    print("\n" + report(text, reader.read(text), reader.reader.conditions, covered))


if __name__ == "__main__":
    main()
