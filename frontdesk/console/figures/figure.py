"""A figure: its numbers as a table, and a drawing of some of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

Value = str | int | float | datetime.date | None
MINUTE, HOUR = 60, 3600


class Kind(str, Enum):
    """How a column's values are written."""

    TEXT = "text"
    COUNT = "count"
    SHARE = "share"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and how its values are written."""

    title: str
    kind: Kind = Kind.COUNT

    def shown(self, value: Value) -> str:
        """A value as people read it."""
        if value is None:
            return "-"
        if isinstance(value, datetime.date):
            return f"{value:%b}\N{NO-BREAK SPACE}{value.day}"
        if self.kind is Kind.SHARE:
            return f"{100 * float(value):.1f} %"
        if self.kind is Kind.WAIT:
            return wait(float(value))
        return f"{value:,}" if self.kind is Kind.COUNT else str(value)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a drawing, in parts of a hundred, from the bottom up."""

    x: float
    y: float
    width: float
    height: float
    part: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing a hundred wide and a hundred high, and what is written at its edges."""

    bars: Sequence[Bar]
    top: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; ``told`` says in words what the drawing shows."""

    name: str
    title: str
    told: str
    columns: Sequence[Column]
    rows: Sequence[tuple[Value, ...]]
    plot: Plot | None = None
    legend: Sequence[tuple[str, str]] = ()

    @property
    def shown(self) -> list[list[str]]:
        """The rows as people read them."""
        return [
            [column.shown(value) for column, value in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]


def stacked(
    rows: Sequence[tuple[float, ...]], parts: Sequence[str], top: str, first: str, last: str
) -> Plot | None:
    """Bars of several parts each, lowest part first; none where there is nothing to draw."""
    highest = max((sum(row) for row in rows), default=0)
    if not highest:
        return None
    wide = 100 / len(rows)
    bars = []
    for number, row in enumerate(rows):
        below = 100.0
        for part, value in zip(parts, row, strict=True):
            height = 100 * value / highest
            below -= height
            if value:
                x = round(number * wide + wide * 0.1, 3)
                bars.append(Bar(x, round(below, 3), round(wide * 0.8, 3), round(height, 3), part))
    return Plot(bars, top, first, last)


def wait(seconds: float) -> str:
    """A time that somebody waited, in the two largest units."""
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    return f"{whole // HOUR} h {whole % HOUR // MINUTE} min"
