"""Writes figures as CSV files that a spreadsheet opens without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from frontdesk.console.figures.figure import Value

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon with


def as_csv(titles: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """The whole file, numbers as they were counted, times in seconds."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(titles)
    for row in rows:
        writer.writerow([_safe(value) for value in row])
    return out.getvalue()


def _safe(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return round(value, 4) if isinstance(value, float) else value
