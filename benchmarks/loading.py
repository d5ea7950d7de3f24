"""`python -m benchmarks.loading MODELS DATA`: prints the seconds it takes to load the reader."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from frontdesk.clinical.reading import TextReader


def main() -> None:
    """Load once; importing spaCy and OpenVINO was before."""
    models, data = (Path(argument) for argument in sys.argv[1:3])
    began = time.perf_counter()
    TextReader(models, data)
    print(time.perf_counter() - began)


if __name__ == "__main__":
    main()
