"""The table of figures, ours beside the reference's, each with its limit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEAD = ("measure", "ours", "reference", "ratio", "limit", "ok")


@dataclass(frozen=True, slots=True)
class Limit:
    """What a figure must keep to: at most or at least a number.

    The number is for ours divided by the reference's when ``of_ratio``, else for ours itself.
    """

    number: float
    at_least: bool = False
    of_ratio: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a figure of ours, and the reference's where there is one."""

    measure: str
    ours: float
    reference: float | None = None
    unit: str = ""
    digits: int = 1
    limit: Limit | None = None

    @property
    def ratio(self) -> float | None:
        """Ours divided by the reference's; shares in percent are not divided."""
        if not self.reference or self.unit == "%":
            return None
        return self.ours / self.reference

    @property
    def is_kept(self) -> bool | None:
        """Whether the limit is kept; None without one, or where it cannot be told."""
        figure = self.ratio if self.limit and self.limit.of_ratio else self.ours
        if self.limit is None or figure is None:
            return None
        if self.limit.at_least:
            return figure >= self.limit.number
        return figure <= self.limit.number

    def cells(self) -> tuple[str, ...]:
        """The line's words, in the order of ``HEAD``."""
        ok = {True: "yes", False: "**no**", None: ""}[self.is_kept]
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return (
            self.measure,
            self._figure(self.ours),
            self._figure(self.reference),
            ratio,
            self._limit(),
            ok,
        )

    def _figure(self, number: float | None) -> str:
        return "-" if number is None else f"{number:,.{self.digits}f} {self.unit}".strip()

    def _limit(self) -> str:
        if self.limit is None:
            return ""
        side = "at least" if self.limit.at_least else "at most"
        if self.limit.of_ratio:
            return f"ratio {side} {self.limit.number:g}"
        return f"{side} {self.limit.number:g} {self.unit}".strip()


def markdown(rows: list[Row]) -> str:
    """The table, readable as it is and as a page."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    drawn = [
        _line(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    ]
    drawn.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(drawn)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
