"""Measures how long our assistant takes to train."""

from __future__ import annotations

import os
import time

from benchmarks.places import stage
from benchmarks.processes import run
from benchmarks.table import Limit, Row
from frontdesk.settings import ROOT

TRAIN = ("-m", "frontdesk.commands.train")


def current() -> None:
    """Train a model of our own to measure, unless it is there; the encoder is converted too."""
    stage("Our model: training it when it is not current")
    run("our training", TRAIN, ROOT, os.environ)


def training() -> Row:
    """The time of a whole training, with the encoder converted before."""
    stage("Training our assistant anew")
    began = time.monotonic()
    run("our training", [*TRAIN, "--force"], ROOT, os.environ)
    return Row("training", time.monotonic() - began, None, "s", 1, Limit(60))
