"""What tests share: the trained model, the running product, and honest skipping."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from frontdesk import settings
from tests.stack import GENEROUS, Stack
from tests.visitor import Visitor


def need(found: object, what: str, package: str) -> None:
    """Skip when something is missing here; where all is required, fail."""
    if found:
        return
    reason = f"{what} is missing; install Debian's package {package}"
    if os.environ.get("FRONTDESK_REQUIRE_ALL"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def model() -> Path:
    """The current model, trained when there is none."""
    done = subprocess.run(
        [sys.executable, "-m", "frontdesk.commands.train"], cwd=settings.ROOT, capture_output=True
    )
    assert done.returncode == 0, done.stderr.decode()
    return settings.models_folder() / "frontdesk.tar.gz"


@pytest.fixture(scope="session")
def stack(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The whole product, running, with limits too high to meet."""
    running = Stack(tmp_path_factory.mktemp("stack"), **GENEROUS)
    try:
        running.start("assistant", "actions", "console")
        yield running
    finally:
        running.close()


@pytest.fixture
def visitor(stack: Stack) -> Visitor:
    """Someone who just opened the chat."""
    return Visitor(stack.chat)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a real Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    need(path, "Chromium", "chromium")
    return str(path)


@pytest.fixture(scope="session")
def postgres() -> str:
    """An empty PostgreSQL database to write to, as an SQLAlchemy address."""
    address = os.environ.get("FRONTDESK_TEST_POSTGRES", "")
    need(address, "FRONTDESK_TEST_POSTGRES (the address of a PostgreSQL database)", "postgresql")
    return address


@pytest.fixture(scope="session")
def redis() -> str:
    """A Redis server's address."""
    address = os.environ.get("FRONTDESK_TEST_REDIS", "")
    need(address, "FRONTDESK_TEST_REDIS (the address of a Redis server)", "redis-server")
    return address
