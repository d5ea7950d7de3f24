"""`python -m benchmarks.console`: measures the staff console and keeps the table."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from typing import Any

from benchmarks.console import databases as places
from benchmarks.console.databases import GIVEN, PLACE, Databases
from benchmarks.console.live import live
from benchmarks.places import RESULTS, NotMeasured, alone, settle, stage
from benchmarks.plan import FULL, QUICK
from benchmarks.report import Report
from benchmarks.table import Limit, Row
from frontdesk.settings import ROOT

TITLE = "Measured: the staff console"
ON = ("sqlite", "postgresql")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.console", description=__doc__)
    parser.add_argument("--conversations", type=int, help="how many (100,000)")
    parser.add_argument("--quick", action="store_true", help="2,000 conversations: rough figures")
    parser.add_argument("--only", choices=ON, help="one database")
    parser.add_argument("--no-live", action="store_true", help="without starting the product")
    return parser.parse_args()


def main() -> None:
    """Measure on each database; a missed limit is marked and is no failure."""
    arguments = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    given = os.environ.get(GIVEN, "")
    settle()
    del os.environ["FRONTDESK_MODELS"], os.environ["RASA_CACHE_DIRECTORY"]
    report = Report(QUICK if arguments.quick else FULL)
    with alone():
        for name in ON:
            if arguments.only in (None, name):
                _measure(name, given, arguments, report)
    RESULTS.mkdir(exist_ok=True)
    ending = "-quick" if arguments.quick else ""
    path = RESULTS / f"console-{report.day}{ending}.md"
    page = report.page(TITLE)
    path.write_text(page, encoding="utf-8")
    stage(f"Done; kept in results/{path.name}")
    print("\n" + page)
    sys.exit(1 if report.failed else 0)


def _measure(name: str, given: str, arguments: argparse.Namespace, report: Report) -> None:
    many = arguments.conversations or (2_000 if arguments.quick else 100_000)
    PLACE.mkdir(parents=True, exist_ok=True)
    try:
        if name == "sqlite":
            _all(places.sqlite(str(many)), many, arguments, report)
            return
        with places.server(given) as server:
            _all(places.postgresql(str(many), server), many, arguments, report)
    except NotMeasured as error:
        report.failed.append(str(error))


def _all(databases: Databases, many: int, arguments: argparse.Namespace, report: Report) -> None:
    found = _one(databases, many, 100 if arguments.quick else 400)
    report.rows += [_row(given) for given in found["rows"]]
    report.remarks.append(found["held"])
    if not arguments.no_live:
        report.rows += live(databases, 5 if arguments.quick else 20)


def _one(databases: Databases, many: int, requests: int) -> dict[str, Any]:
    """What a process of its own measures, which has these databases in its settings."""
    answer = databases.folder / "answer.json"
    answer.unlink(missing_ok=True)
    asked: dict[str, Any] = {
        name: str(value) for name, value in asdict(databases).items() if name != "env"
    }
    asked |= {"answer": str(answer), "conversations": many, "requests": requests}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.console.one"],
        input=json.dumps(asked),
        text=True,
        cwd=ROOT,
        env=os.environ | databases.env,
    )
    if done.returncode or not answer.exists():
        raise NotMeasured(f"{databases.name}: the measurement failed (code {done.returncode})")
    found: dict[str, Any] = json.loads(answer.read_text())
    if "failed" in found:
        raise NotMeasured(f"{databases.name}: {found['failed']}")
    return found


def _row(given: dict[str, Any]) -> Row:
    limit = given.pop("limit")
    return Row(**given, limit=Limit(**limit) if limit else None)


if __name__ == "__main__":
    main()
