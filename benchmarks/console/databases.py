"""The databases a console is measured with: SQLite, and PostgreSQL where there is one."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa

from benchmarks.places import BENCH, NotMeasured, stage
from benchmarks.processes import free_port, output_of

PLACE = BENCH / "console"
GIVEN = "FRONTDESK_TEST_POSTGRES"
BINARIES = "/usr/lib/postgresql/*/bin/initdb"
ENDPOINTS = """\
action_endpoint:
  url: http://127.0.0.1:5055/webhook
nlg:
  type: frontdesk.components.wording.ClinicWording
tracker_store:
  type: frontdesk.components.conversations.Conversations
  dialect: postgresql
  url: {host}
  port: {port}
  db: {db}
  username: {user}
  password: "{password}"
"""


@dataclass(frozen=True, slots=True)
class Databases:
    """Where one measurement keeps conversations, hand-offs and what the console knows of them."""

    name: str
    folder: Path
    tracker: str
    handoffs: str
    env: Mapping[str, str]


def sqlite(size: str) -> Databases:
    """Files in a folder, as the product has them when nothing is set."""
    folder = PLACE / f"sqlite-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    tracker = f"sqlite:///{folder}/conversations.db"
    env = {"FRONTDESK_LOCAL": str(folder), "FRONTDESK_CONSOLE_DATABASE_URL": ""}
    return Databases("SQLite", folder, tracker, f"sqlite:///{folder}/website.db", env)


def postgresql(size: str, server: str) -> Databases:
    """Two databases of a server, made when they are not there."""
    folder = PLACE / f"postgresql-{size}"
    folder.mkdir(parents=True, exist_ok=True)
    parts = urlsplit(server)
    names = [f"frontdesk_bench_{size}_{what}" for what in ("tracker", "console")]
    tracker, console = (parts._replace(path=f"/{name}").geturl() for name in names)
    _create(server, names)
    endpoints = folder / "endpoints.yml"
    endpoints.write_text(
        ENDPOINTS.format(
            host=parts.hostname,
            port=parts.port or 5432,
            db=names[0],
            user=parts.username or getpass.getuser(),
            password=parts.password or "",
        )
    )
    env = {
        "FRONTDESK_LOCAL": str(folder),
        "FRONTDESK_ENDPOINTS": str(endpoints),
        "FRONTDESK_DATABASE_URL": tracker,
        "FRONTDESK_CONSOLE_DATABASE_URL": console,
    }
    return Databases("PostgreSQL", folder, tracker, tracker, env)


def _create(server: str, names: list[str]) -> None:
    engine = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        there = {row[0] for row in connection.execute(sa.text("SELECT datname FROM pg_database"))}
        for name in set(names) - there:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
    engine.dispose()


@contextlib.contextmanager
def server(given: str) -> Iterator[str]:
    """The address of a PostgreSQL server: the one given, or one of our own until we are done.

    Raises:
        NotMeasured: none is given, and none is installed.
    """
    if given:
        yield given
        return
    found = sorted(Path("/").glob(BINARIES[1:]))
    if not found:
        raise NotMeasured(f"there is no PostgreSQL: install it, or name one in {GIVEN}")
    with _own(found[-1].parent) as address:
        yield address


@contextlib.contextmanager
def _own(binaries: Path) -> Iterator[str]:
    """A server whose files are kept, so that what was filled once is there the next time."""
    data, port = PLACE / "postgresql", free_port()
    if not (data / "PG_VERSION").exists():
        stage("Making a PostgreSQL cluster")
        shutil.rmtree(data, ignore_errors=True)
        data.mkdir(parents=True)
        if os.getuid() == 0:
            shutil.chown(data, "postgres")
        how = ["-U", "frontdesk", "--auth=trust", "--encoding=UTF8", "--locale=C"]
        _run([str(binaries / "initdb"), "-D", str(data), *how])
    control = [str(binaries / "pg_ctl"), "-D", str(data), "-w"]
    set_up = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={data}"
    _run([*control, "-l", str(data / "server.log"), "-o", set_up, "start"])
    try:
        yield f"postgresql://frontdesk@127.0.0.1:{port}/postgres"
    finally:
        _run([*control, "-m", "fast", "stop"])


def _run(command: list[str]) -> None:
    """Run a program of PostgreSQL's, which refuses to work for root."""
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    with output_of("postgresql").open("ab") as output:
        done = subprocess.run([*as_postgres, *command], stdout=output, stderr=output, cwd="/")
    if done.returncode:
        raise NotMeasured(f"{Path(command[0]).name} failed; its output is in the logs")
