"""Opens the databases that messages pass through, on SQLite or PostgreSQL."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool

SQLITE = (
    "journal_mode=WAL",  # readers do not wait for writers
    "synchronous=NORMAL",  # a commit does not wait for the disk's own cache
    "busy_timeout=5000",  # milliseconds to wait for another process's write
)


def open_engine(url: str) -> Engine:
    """An engine whose connections stay open between messages, and whose errors quote no one."""
    common: dict[str, Any] = {"future": True, "hide_parameters": True}
    if not url.startswith("sqlite"):
        # whatever a database was made with: people write more than ASCII
        return sa.create_engine(url, pool_pre_ping=True, client_encoding="utf8", **common)
    threads = {"check_same_thread": False}
    engine = sa.create_engine(url, poolclass=QueuePool, connect_args=threads, **common)
    sa.event.listen(engine, "connect", _tune)
    return engine


def _tune(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for setting in SQLITE:
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()
