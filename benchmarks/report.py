"""A measurement as a page: the table, and what must be known to read it."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version

from benchmarks.plan import FULL, Plan
from benchmarks.table import Row, markdown

TITLE = "Measured against the bot of `rasa init`"
BUSY = 0.5  # running processes for each core at the start, above which figures are doubtful


@dataclass(slots=True)
class Report:
    """The lines and remarks of one measurement."""

    plan: Plan
    began: datetime = field(default_factory=datetime.now)
    load: float = field(default_factory=lambda: os.getloadavg()[0])
    rows: list[Row] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def day(self) -> str:
        """The date in the file's name."""
        return f"{self.began:%Y-%m-%d}"

    def page(self, title: str = TITLE) -> str:
        """All of it, as Markdown."""
        cores = os.cpu_count() or 1
        facts = [
            f"Measured {self.began:%Y-%m-%d %H:%M} on {cores} cores ({platform.machine()}), "
            f"Python {platform.python_version()}, Rasa {version('rasa')}.",
        ]
        if self.plan != FULL:
            facts.append("A quick look with few messages: the figures are rough.")
        if self.load > BUSY * cores:
            facts.append(
                f"The machine was busy with other work at the start (load {self.load:.1f})."
            )
        facts += self.remarks
        facts += [f"Not measured: {why}" for why in self.failed]
        lines = "\n".join(f"- {fact}" for fact in facts)
        return f"# {title}\n\n{markdown(self.rows)}\n\n{lines}\n"
