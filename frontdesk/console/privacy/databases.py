"""Opens the assistant's databases for deleting, and sweeps what deleting leaves in their files."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from frontdesk import settings
from frontdesk.console.conversations.store import ENDPOINTS, address
from frontdesk.console.privacy.errors import StillInUse
from frontdesk.database import open_engine

SQLITE = "sqlite"
AT_ONCE = 200  # values in one statement
# Tries, each as long as the database waits for whoever uses it, and seconds between them.
SWEEPS, PAUSE = 2, 0.25
# after it, what was deleted is in neither file; (busy, pages in the log, pages written)
CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"


@contextmanager
def tracker() -> Iterator[Engine]:
    """The database with the assistant's own events."""
    given = os.environ.get(ENDPOINTS)
    path = Path(given) if given else settings.ROOT / "endpoints.yml"
    with _opened(address(path).render_as_string(hide_password=False)) as engine:
        yield engine


@contextmanager
def passing() -> Iterator[Engine]:
    """The database that messages pass through on their way."""
    with _opened(settings.database_url()) as engine:
        yield engine


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def deleting(engine: Engine) -> Iterator[Connection]:
    """A transaction in which SQLite overwrites what is deleted."""
    with engine.connect() as connection:
        if engine.dialect.name == SQLITE:
            connection.exec_driver_sql("PRAGMA secure_delete=ON")
            connection.rollback()
        with connection.begin():
            yield connection


def swept(engine: Engine, tables: Iterable[str], *, whole: bool = True) -> None:
    """Leave nothing of what was deleted in a database's files.

    Args:
        engine: the database.
        tables: what was deleted from.
        whole: write SQLite's file anew, too, since older copies may be left within its pages.

    Raises:
        StillInUse: somebody kept it busy all the time.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name != SQLITE:
            for table in tables:
                connection.exec_driver_sql(f'VACUUM "{table}"')
            return
        if whole:
            connection.exec_driver_sql("VACUUM")
        checkpoint(lambda: connection.exec_driver_sql(CHECKPOINT).one())


def checkpoint(run: Callable[[], Any]) -> None:
    """Empty SQLite's log into its file, as soon as nobody reads from the log.

    Raises:
        StillInUse: somebody did all the time.
    """
    for _ in range(SWEEPS):
        if not run()[0]:
            return
        time.sleep(PAUSE)
    raise StillInUse("the database was too busy to be swept")


def in_batches(values: Iterable[str], size: int = AT_ONCE) -> Iterator[Sequence[str]]:
    """Values in order, so many at once."""
    every = sorted(values)
    for start in range(0, len(every), size):
        yield every[start : start + size]


def has_table(engine: Engine, name: str) -> bool:
    """Whether the assistant has ever run on this database."""
    return bool(sa.inspect(engine).has_table(name))
