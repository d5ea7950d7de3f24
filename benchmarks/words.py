"""Reads the messages that a measurement sends."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from benchmarks.places import NotMeasured
from frontdesk.settings import ROOT


@lru_cache
def words(path: Path, key: str) -> Any:
    """What stands under one key of a file.

    Raises:
        NotMeasured: there is no such file.
    """
    if not path.exists():
        raise NotMeasured(f"{path.relative_to(ROOT)} is missing")
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))[key]
