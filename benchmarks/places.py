"""Where a measurement keeps its things, and the line it prints for each stage."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator

from frontdesk.domain.errors import FrontdeskError
from frontdesk.settings import ROOT

BENCH = ROOT / ".local" / "bench"
OURS = BENCH / "ours"
RESULTS = ROOT / "results"
HELD_OUT = ROOT / "benchmarks" / "held_out"
DEVELOPMENT = ROOT / "benchmarks" / "development"

# Limits on visitors too high to meet: one client here writes faster than sixteen people.
ENDLESS = "100000 per second"
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
}


class NotMeasured(FrontdeskError):
    """Something did not run, so its figure would be worth nothing."""

    code = "not_measured"


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


def forget() -> None:
    """Remove the conversations of earlier measurements: each begins with empty databases."""
    for path in OURS.glob("*.db*"):
        path.unlink()


def foreign() -> dict[str, str]:
    """The environment of the reference bot: nothing of ours."""
    ours = ("FRONTDESK_", "RASA_CACHE", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Keep a second measurement from running beside this one.

    Raises:
        NotMeasured: one is running.
    """
    BENCH.mkdir(parents=True, exist_ok=True)
    with (BENCH / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise NotMeasured("another measurement is running on this machine") from error
        yield
