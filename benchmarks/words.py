"""Reads the messages that a measurement sends."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML

from frontdesk.settings import ROOT


@lru_cache
def words(name: str, key: str) -> Any:
    """What stands under one key of a file of this folder."""
    path = ROOT / "benchmarks" / name
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))[key]
