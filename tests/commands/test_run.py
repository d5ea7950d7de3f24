"""Starting and stopping everything with one command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from frontdesk import settings
from tests.stack import free_port


@pytest.fixture
def env(tmp_path):
    ports = {name: str(free_port()) for name in ("RASA_PORT", "ACTIONS_PORT", "CONSOLE_PORT")}
    return os.environ | ports | {"FRONTDESK_LOCAL": str(tmp_path)}


def start(env):
    return subprocess.Popen(
        [sys.executable, "-m", "frontdesk.commands.run"],
        cwd=settings.ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def read_until(process, words, seconds=120):
    told, ends = "", time.monotonic() + seconds
    while words not in told and time.monotonic() < ends and process.poll() is None:
        told += process.stdout.readline()
    assert words in told, told
    return told


def is_open(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(port))) == 0


def of_session(process):
    """Processes that still run in the session that was started."""
    told = subprocess.run(["ps", "-o", "pid=", "-s", str(process.pid)], capture_output=True)
    return told.stdout.split()


def test_start_says_where_and_ctrl_c_leaves_nothing(model, env):
    process = start(env)
    told = read_until(process, "Ctrl-C")
    assert f"http://127.0.0.1:{env['CONSOLE_PORT']}/" in told
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(timeout=30) == 0
    assert not of_session(process)
    assert not any(is_open(env[name]) for name in ("RASA_PORT", "ACTIONS_PORT", "CONSOLE_PORT"))


def test_one_dying_stops_the_others_and_says_so(model, env):
    process = start(env)
    read_until(process, "Ctrl-C")
    actions = subprocess.run(
        ["pgrep", "-f", f"rasa_sdk.*{env['ACTIONS_PORT']}"], capture_output=True
    )
    os.kill(int(actions.stdout.split()[0]), signal.SIGKILL)
    rest = process.stdout.read()
    assert process.wait(timeout=30) == 1
    assert "actions stopped by itself" in rest and "actions.log" in rest
    assert not of_session(process)


def test_taken_port_is_said_in_one_line(env):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        process = start(env | {"ACTIONS_PORT": port})
        told = process.stdout.read()
        assert process.wait(timeout=30) == 1
        assert told.splitlines() == [
            f"Cannot start: the port of ACTIONS_PORT={port} is taken; "
            "choose another with ACTIONS_PORT=..."
        ]


@pytest.mark.parametrize(
    "setting, value", [("RASA_PORT", "many"), ("FRONTDESK_SECRET_KEY", "short")]
)
def test_bad_setting_is_named(env, setting, value):
    process = start(env | {setting: value})
    told = process.stdout.read()
    assert process.wait(timeout=30) == 1
    assert told.startswith(f"Cannot start: {setting}") and "Traceback" not in told
