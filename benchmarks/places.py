"""Where a measurement keeps its things, and the line it prints for each stage."""

from __future__ import annotations

import os
import time
from pathlib import Path

from frontdesk.settings import ROOT

BENCH = ROOT / ".local" / "bench"
OURS = BENCH / "ours"
RESULTS = ROOT / "results"
HELD_OUT = ROOT / "benchmarks" / "held_out"

# Limits on visitors too high to meet: one client here writes faster than sixteen people.
ENDLESS = "100000 per second"
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
}

_BEGAN = time.monotonic()


def stage(what: str) -> None:
    """Say what is being done now, and how long after the start."""
    print(f"  {time.monotonic() - _BEGAN:6.0f} s  {what}", flush=True)


def settle() -> None:
    """Give this process, and what it starts, settings that touch nothing outside ``BENCH``."""
    for name in [name for name in os.environ if name.startswith("FRONTDESK_")]:
        del os.environ[name]
    os.environ |= QUIET | {
        "FRONTDESK_LOCAL": str(OURS),
        "FRONTDESK_MODELS": str(OURS / "models"),
        "FRONTDESK_VISITOR_PACE": ENDLESS,
        "FRONTDESK_ADDRESS_PACE": ENDLESS,
        "FRONTDESK_SESSION_PACE": ENDLESS,
        "RASA_CACHE_DIRECTORY": str(OURS / "cache"),
        "PYTHONPATH": str(ROOT),
    }


def foreign() -> dict[str, str]:
    """The environment of the reference bot: nothing of ours."""
    ours = ("FRONTDESK_", "RASA_CACHE", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
