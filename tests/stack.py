"""The whole product as real processes on free ports, for tests that talk to it as people do."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from frontdesk import settings

PATIENCE = 120  # seconds a process may take to start
GENEROUS = {
    "FRONTDESK_VISITOR_PACE": "100000 per second",
    "FRONTDESK_ADDRESS_PACE": "100000 per second",
    "FRONTDESK_SESSION_PACE": "100000 per second",
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stack:
    """The assistant, the action server and the console; each can be stopped and started."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder = folder
        self.assistant_port, self.actions_port, self.console_port = (free_port() for _ in "abc")
        self.site = f"http://127.0.0.1:{self.console_port}"
        self.chat = f"http://127.0.0.1:{self.assistant_port}/webhooks/website"
        self.api = f"http://127.0.0.1:{self.assistant_port}"
        self.env = os.environ | {
            "FRONTDESK_LOCAL": str(folder),
            "FRONTDESK_SECRET_KEY": "a key for tests, long enough to be one",
            "FRONTDESK_ORIGINS": self.site,
            "RASA_PORT": str(self.assistant_port),
            "ACTIONS_PORT": str(self.actions_port),
            "CONSOLE_PORT": str(self.console_port),
            "SANIC_HOST": "127.0.0.1",
            "LOG_LEVEL": "WARNING",
            "PYTHONPATH": str(settings.ROOT),
        }
        self.env |= env
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def token(self) -> str:
        """The token of Rasa's own API under this stack's key."""
        code = "from frontdesk import settings; print(settings.api_token())"
        told = subprocess.run([sys.executable, "-c", code], env=self.env, capture_output=True)
        return told.stdout.decode().strip()

    def start(self, *names: str) -> None:
        """Start processes and wait until each answers."""
        commands = {
            "assistant": ["-m", "frontdesk.commands.assistant"],
            "actions": ["-m", "rasa_sdk", "--actions", "actions", "--port", str(self.actions_port)],
            "console": ["manage.py", "serve"],
        }
        for name in names:
            with (self.folder / f"{name}.log").open("ab") as output:
                self.running[name] = subprocess.Popen(
                    [sys.executable, *commands[name]],
                    env=self.env,
                    cwd=settings.ROOT,
                    stdout=output,
                    stderr=output,
                )
        for name in names:
            self._wait(name)

    def _wait(self, name: str) -> None:
        address = {
            "assistant": f"{self.api}/status?token={self.token}",
            "actions": f"http://127.0.0.1:{self.actions_port}/health",
            "console": f"{self.site}/health/",
        }[name]
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            if self.running[name].poll() is not None:
                break
            try:
                with urllib.request.urlopen(address, timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.1)
        told = (self.folder / f"{name}.log").read_text(errors="replace")[-3000:]
        raise AssertionError(f"the {name} did not start:\n{told}")

    def stop(self, *names: str, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop processes."""
        for name in names:
            process = self.running.pop(name)
            process.send_signal(how)
            process.wait(timeout=20)

    def close(self) -> None:
        """Stop all that still runs."""
        for name in list(self.running):
            process = self.running.pop(name)
            process.send_signal(signal.SIGCONT)
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
