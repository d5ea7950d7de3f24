"""Runs the assistant, the action server and the console together, and stops them together."""

from __future__ import annotations

import os
import shlex
import socket
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any, TextIO

from honcho.manager import Manager
from honcho.printer import Printer

from frontdesk import settings
from frontdesk.domain.errors import FrontdeskError

SLOWEST_START = 180  # seconds after which a start is given up
NOTE = "Note: "  # how a line begins that whoever starts us has to see
POLL = 0.2  # seconds between looks whether all are ready


class Quiet(Printer):
    """Keeps each process's output in a file and shows only what someone must act on."""

    def __init__(self, folder: Path) -> None:
        super().__init__(sys.stderr, prefix=False, colour=False)
        self._folder = folder
        self._files: dict[str, TextIO] = {}
        self.notes: list[str] = []

    def write(self, message: Any) -> None:
        """One line of a process (see honcho)."""
        text = (
            message.data
            if isinstance(message.data, str)
            else message.data.decode("utf-8", "replace")
        )
        if message.name == "system":
            self._system(text)
            return
        if text.startswith(NOTE):
            self.notes.append(text.removeprefix(NOTE).strip())
        if message.name not in self._files:
            path = self._folder / f"{message.name}.log"
            self._files[message.name] = path.open("w", encoding="utf-8")
        self._files[message.name].write(text if text.endswith("\n") else text + "\n")
        self._files[message.name].flush()

    def _system(self, text: str) -> None:
        name, _, rest = text.partition(" stopped (rc=")
        code = rest.strip().rstrip(")")
        # 0 and the signals we send ourselves are a stop as it should be
        if rest and code not in ("0", "-2", "-15", "130", "143"):
            print(
                f"The {name} stopped by itself (code {code}); stopping the others.", file=sys.stderr
            )
            print(f"Why: {self._folder / (name + '.log')}", file=sys.stderr)
            for line in self._last(name):
                print(f"  {line}", file=sys.stderr)

    def _last(self, name: str) -> list[str]:
        path = self._folder / f"{name}.log"
        return path.read_text(encoding="utf-8").splitlines()[-5:] if path.exists() else []


def ports() -> dict[str, int]:
    """Every port that will be opened, by the setting that names it.

    Raises:
        SettingError: a setting is no number.
    """
    named = (settings.ASSISTANT_PORT, settings.ACTIONS_PORT, settings.CONSOLE_PORT)
    return {which[0]: settings.port(which) for which in named}


def taken(port: int) -> bool:
    """Whether something already listens on a port of this machine."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def manager(printer: Quiet) -> Manager:
    """The three processes, not yet started."""
    python = shlex.quote(sys.executable)
    env = os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"}
    actions = env | {"SANIC_HOST": "127.0.0.1", "LOG_LEVEL": "WARNING"}
    together = Manager(printer=printer)
    root = str(settings.ROOT)
    together.add_process(
        "assistant", f"exec {python} -m frontdesk.commands.assistant", env=env, cwd=root
    )
    port = settings.port(settings.ACTIONS_PORT)
    together.add_process(
        "actions",
        f"exec {python} -m rasa_sdk --actions actions --port {port}",
        env=actions,
        cwd=root,
    )
    together.add_process("console", f"exec {python} manage.py serve", env=env, cwd=root)
    return together


def is_ready() -> bool:
    """Whether all three answer."""
    assistant, actions, console = ports().values()
    return all(
        _answers(address)
        for address in (
            f"http://127.0.0.1:{assistant}/status?token={settings.api_token()}",
            f"http://127.0.0.1:{actions}/health",
            f"http://127.0.0.1:{console}/health/",
        )
    )


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _announce(began: float, notes: list[str]) -> None:
    while time.monotonic() - began < SLOWEST_START:
        if is_ready():
            console = settings.port(settings.CONSOLE_PORT)
            print(f"Ready after {time.monotonic() - began:.0f} s.\n")
            print(f"  Clinic page    http://127.0.0.1:{console}/")
            print(f"  Staff console  http://127.0.0.1:{console}/staff/\n")
            for note in notes:
                print(f"  {note}\n")
            print("Ctrl-C stops everything.", flush=True)
            return
        time.sleep(POLL)


def main() -> None:
    """Start, say where, and run until stopped."""
    try:
        busy = [f"{name}={port}" for name, port in ports().items() if taken(port)]
        settings.secret_key()
    except FrontdeskError as error:
        sys.exit(f"Cannot start: {error}")
    if busy:
        sys.exit(
            f"Cannot start: the port of {busy[0]} is taken; "
            f"choose another with {busy[0].partition('=')[0]}=..."
        )
    logs = settings.local_folder() / "logs"
    logs.mkdir(exist_ok=True)
    print("Starting (about 20 seconds) ...", flush=True)
    printer = Quiet(logs)
    together = manager(printer)
    began = time.monotonic()
    threading.Thread(target=_announce, args=(began, printer.notes), daemon=True).start()
    together.loop()
    stopped_by_hand = together.returncode in (0, 130, 143)
    print("Stopped.", flush=True)
    sys.exit(0 if stopped_by_hand else 1)


if __name__ == "__main__":
    main()
