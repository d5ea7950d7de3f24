"""Reads the messages that a measurement sends."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@lru_cache
def words(path: Path, key: str) -> Any:
    """What stands under one key of a file."""
    return YAML(typ="safe").load(path.read_text(encoding="utf-8"))[key]
