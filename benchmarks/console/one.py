"""Measures the console on one database, in a process that was set up for it."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.console.bookings import book
from benchmarks.console.databases import Databases
from benchmarks.console.filling import analyze
from benchmarks.console.making import add_new, look_at_tables, made, reading_speed
from benchmarks.console.screens import Screens, Times, percentile
from benchmarks.places import NotMeasured, stage
from benchmarks.table import Limit, Row

READING = Limit(5000, at_least=True)
INBOX, TALK, FIGURES = Limit(150), Limit(200), Limit(500)


def measure(databases: Databases, conversations: int, requests: int) -> dict[str, Any]:
    """The lines of one database, and how much it held.

    Raises:
        NotMeasured: a screen could not be opened.
    """
    facts = made(databases, conversations)
    added = add_new(databases, facts)
    began = time.process_time()
    speed = reading_speed()
    alone = added / (time.process_time() - began)
    book()
    analyze(databases.tracker)
    look_at_tables()
    stage(f"{databases.name}: opening screens")
    screens = Screens()
    inbox, talks = screens.inbox(requests), screens.conversations(facts, requests)
    nothing, figures = screens.nothing(), screens.figures()
    name = databases.name
    rows = [
        Row(f"{name}: reading all events, a second", facts["read"], digits=0, limit=READING),
        Row(f"{name}: reading {added:,} new ones, a second", speed, digits=0, limit=READING),
        Row(f"{name}: ... in a second of the reader's own processor time", alone, digits=0),
        Row(f"{name}: a page that reads nothing, slowest of 20", nothing.slow(), unit="ms"),
        Row(f"{name}: inbox, slowest of 20", inbox.slow(), unit="ms", limit=INBOX),
        Row(f"{name}: ... the worst kind: {inbox.worst()[0]}", inbox.worst()[1], unit="ms"),
        *_talks(name, talks),
        Row(f"{name}: figures, slowest of 20", figures.slow(), unit="ms", limit=FIGURES),
    ]
    _note(databases, {"inbox": inbox, "conversations": talks, "figures": figures})
    held = f"{name}: {facts['conversations']:,} conversations, {facts['events']:,} events, "
    held += f"{facts['handoffs']:,} hand-offs."
    return {"rows": [asdict(row) for row in rows], "held": held}


def _talks(name: str, talks: Times) -> list[Row]:
    rows = [Row(f"{name}: a conversation, slowest of 20", talks.slow(), unit="ms", limit=TALK)]
    for kind, seconds in talks.kinds.items():
        rows.append(Row(f"{name}: ... {kind}", percentile(seconds), unit="ms", limit=TALK))
    return rows


def _note(databases: Databases, measured: dict[str, Times]) -> None:
    """Keep the times of each kind of request, to find out what is slow."""
    lines = []
    for what, times in measured.items():
        for kind, seconds in sorted(times.kinds.items(), key=lambda one: -percentile(one[1])):
            middle, slow = percentile(seconds, 0.5), percentile(seconds)
            lines.append(f"{what:14} {kind:20} {len(seconds):4} {middle:8.1f} ms {slow:8.1f} ms")
    (databases.folder / "times.txt").write_text("\n".join(lines) + "\n")


def main() -> None:
    """Measure what standard input describes, and write the lines to the file it names."""
    import django

    asked = json.load(sys.stdin)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.console.settings")
    django.setup()
    databases = Databases(
        asked["name"], Path(asked["folder"]), asked["tracker"], asked["handoffs"], {}
    )
    try:
        found = measure(databases, asked["conversations"], asked["requests"])
    except NotMeasured as error:
        found = {"failed": str(error)}
    Path(asked["answer"]).write_text(json.dumps(found))


if __name__ == "__main__":
    main()
