"""Measures how much the chat window makes a visitor load."""

from __future__ import annotations

import gzip

from benchmarks.table import Limit, Row
from frontdesk.settings import ROOT


def window() -> Row:
    """Its scripts and style, each compressed as servers do, together."""
    files = [*(ROOT / "widget").glob("*.js"), *(ROOT / "widget").glob("*.css")]
    total = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files)
    return Row("chat window, compressed", total / 1024, None, "KB", 2, Limit(12))
