"""`python -m benchmarks`: measures, prints the table and keeps it under results/."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
from collections.abc import Collection

from benchmarks.measure import PARTS, measure
from benchmarks.places import RESULTS, NotMeasured, alone, forget, settle, stage
from benchmarks.plan import FULL, QUICK
from benchmarks.report import Report


def _parts(text: str) -> Collection[str]:
    parts = text.split(",")
    unknown = sorted(set(parts) - set(PARTS))
    if unknown:
        raise argparse.ArgumentTypeError(f"no part '{unknown[0]}'; there are {', '.join(PARTS)}")
    return parts


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", type=_parts, default=PARTS, help="parts, commas between")
    parser.add_argument(
        "--quick", action="store_true", help="few messages, no long training: rough figures"
    )
    return parser.parse_args()


def _file_name(report: Report, parts: Collection[str], is_quick: bool) -> str:
    """A rough or partial table never replaces a whole one of the same day."""
    added = [part for part in PARTS if part in parts] if set(parts) != set(PARTS) else []
    added += ["quick"] if is_quick else []
    return "-".join(["bench", report.day, *added]) + ".md"


def main() -> None:
    """Measure what was asked for; a missed limit is marked and is no failure."""
    arguments = _arguments()
    # so that the servers are stopped in every case
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    settle()
    try:
        with alone():
            forget()
            plan = QUICK if arguments.quick else FULL
            report = asyncio.run(measure(arguments.only, plan))
    except NotMeasured as error:
        sys.exit(f"Cannot measure: {error}")
    except KeyboardInterrupt:
        sys.exit(130)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / _file_name(report, arguments.only, arguments.quick)
    path.write_text(report.page(), encoding="utf-8")
    stage(f"Done; kept in results/{path.name}")
    print("\n" + report.page())
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
