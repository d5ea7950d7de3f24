"""Runs commands and servers for a measurement, their output in files."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.places import BENCH, NotMeasured
from frontdesk.settings import ROOT

STOP = 20  # seconds a server may take to stop before it is ended


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def output_of(name: str) -> Path:
    """The file that holds a command's or server's output."""
    folder = BENCH / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.log"


def run(name: str, command: Sequence[str], folder: Path, env: Mapping[str, str]) -> None:
    """Run a Python command to its end.

    Raises:
        NotMeasured: it failed; the message names its output.
    """
    with output_of(name).open("wb") as output:
        done = subprocess.run(
            [sys.executable, *command], stdout=output, stderr=output, cwd=folder, env=dict(env)
        )
    if done.returncode:
        where = output_of(name).relative_to(ROOT)
        raise NotMeasured(f"the {name} failed; its output is in {where}")


class Server:
    """One server process."""

    def __init__(
        self, name: str, command: Sequence[str], folder: Path, env: Mapping[str, str]
    ) -> None:
        self.name = name
        with output_of(name).open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, *command], stdout=output, stderr=output, cwd=folder, env=dict(env)
            )

    def check(self) -> None:
        """Make sure that it still runs.

        Raises:
            NotMeasured: it stopped by itself.
        """
        code = self._process.poll()
        if code is not None:
            where = output_of(self.name).relative_to(ROOT)
            raise NotMeasured(f"the {self.name} stopped (code {code}); its output is in {where}")

    def memory(self) -> float:
        """Megabytes it holds in memory now (its resident set, from ``/proc``)."""
        status = Path("/proc") / str(self._process.pid) / "status"
        if not status.exists():
            raise NotMeasured("memory is read from /proc, which only Linux has")
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

    def stop(self) -> None:
        """Stop it, in any case."""
        self._process.terminate()
        try:
            self._process.wait(timeout=STOP)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
