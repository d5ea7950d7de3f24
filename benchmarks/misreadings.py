"""Writes down what the clinical reader took for what, with the messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.places import BENCH
from benchmarks.statements import Reading, flags, statement
from frontdesk.domain.finding import Assertion, Finding, Subject

CONFUSIONS = BENCH / "clinical-confusions.txt"  # whoever reads it has used the held-out set up
FAULTS = BENCH / "clinical-faults.txt"  # of messages that were looked at anyway
MISSED, OTHER, EXCESS = "not found", "otherwise", "not stated"
LISTED = ("assertions", "findings", "everyday")  # sets whose every statement is listed
Counts = Counter[tuple[str, str]]


def note(path: Path, sets: Mapping[str, Sequence[Reading]]) -> None:
    """Write the four tables, then every message that was read wrongly."""
    listed = [one for name in LISTED for one in sets.get(name, ())]
    every = [one for all_ in sets.values() for one in all_]
    pairs = [pair for one in listed for pair in _pairs(one)]
    assertions = [one.value for one in Assertion]
    subjects = [one.value for one in Subject]
    by_assertion = Counter(
        (right.assertion.value, found.assertion.value if found else MISSED)
        for right, found in pairs
    )
    by_subject = Counter(
        (right.subject.value, found.subject.value) for right, found in pairs if found
    )
    by_flag = Counter((_stated(one), _noticed(one)) for one in every)
    by_reader = Counter(_by_reader(listed))
    lines = [
        *_table("Assertion: stated in the rows", by_assertion, assertions, [*assertions, MISSED]),
        *_table("Whose it is: stated in the rows", by_subject, subjects, subjects),
        *_table(
            "Red flag: stated in the rows",
            by_flag,
            ["red flag", "none"],
            ["alarm", "question", "none"],
        ),
        *_table(
            "Reader that found it",
            by_reader,
            sorted({reader for reader, _ in by_reader}),
            ["right", OTHER, EXCESS],
        ),
    ]
    for name, readings in sets.items():
        wrong = [one for one in readings if _is_wrong(name, one)]
        lines.append(f"{name}: {len(wrong)} of {len(readings)} wrong")
        for one in wrong:
            lines.append(f"  {one.message.text}")
            lines.append(f"     stated: {_listed(one.message.expected)}")
            lines.append(f"     found:  {_listed(one.found, with_reader=True)}")
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8")


def _pairs(reading: Reading) -> Iterator[tuple[Finding, Finding | None]]:
    """Each expected finding with the likest one of the same entry."""
    for right in reading.message.expected:
        same = [one for one in reading.found if one.id == right.id]
        likest = max(
            same,
            key=lambda one: (one.subject is right.subject, one.assertion is right.assertion),
            default=None,
        )
        yield right, likest


def _by_reader(readings: Iterable[Reading]) -> Iterator[tuple[str, str]]:
    for reading in readings:
        right = {statement(one) for one in reading.message.expected}
        named = {one.id for one in reading.message.expected}
        excess = reading.excess()
        for one in reading.found:
            if statement(one) in right:
                yield one.reader, "right"
            elif one.id in named:
                yield one.reader, OTHER
            elif one in excess:
                yield one.reader, EXCESS


def _stated(reading: Reading) -> str:
    return "red flag" if flags(reading.message.expected) else "none"


def _noticed(reading: Reading) -> str:
    if reading.has_alarm:
        return "alarm"
    return "question" if reading.flags() else "none"


def _is_wrong(name: str, reading: Reading) -> bool:
    if name == "red_flags":  # only the red flag of each is listed
        return not (reading.has_alarm and reading.has_right_flag)
    if name in LISTED:
        return not reading.is_right
    return bool(reading.flags() or reading.has_question)


def _listed(findings: Iterable[Finding], *, with_reader: bool = False) -> str:
    told = []
    for one in findings:
        how = f"{one.id} {one.assertion.value} {one.subject.value}"
        if with_reader:
            how += f" ({one.reader}{', asks' if one.is_doubtful else ''})"
        told.append(how)
    return "; ".join(told) or "nothing"


def _table(
    title: str, counts: Counts, rows: Sequence[str], columns: Sequence[str]
) -> Iterator[str]:
    width = max(len(name) for name in (*rows, *columns)) + 2
    yield title
    yield " " * width + "".join(name.rjust(width) for name in columns)
    for row in rows:
        cells = "".join(str(counts[row, column]).rjust(width) for column in columns)
        yield row.ljust(width) + cells
    yield ""
