"""Makes what we compare with: the `rasa init` bot, and its pipeline on our phrases."""

from __future__ import annotations

import hashlib
import shutil
from importlib.metadata import version
from pathlib import Path

from benchmarks.places import BENCH, foreign, stage
from benchmarks.processes import run
from frontdesk.settings import ROOT

PHRASES = ROOT / "data" / "nlu"
MODEL = "phrases"


def bot() -> Path:
    """The folder of the ``rasa init`` bot, made and trained once for each version of Rasa."""
    folder = BENCH / "reference" / version("rasa")
    if not folder.exists():
        stage("Making the reference bot with `rasa init` (once, about a minute)")
        making = _fresh(folder.with_name("making"))
        command = ["-m", "rasa", "init", "--no-prompt", "--init-dir", str(making)]
        run("rasa init", command, making, foreign())
        making.rename(folder)
    return folder


def _kept(phrases: Path) -> Path:
    """Where the default pipeline trained on just these phrases is, or will be."""
    digest = hashlib.sha256(version("rasa").encode())
    for path in sorted(phrases.glob("*.yml")):
        digest.update(path.name.encode() + path.read_bytes())
    return BENCH / "default-pipeline" / digest.hexdigest()[:16]


def pipeline(*, may_train: bool) -> Path | None:
    """The model of the default pipeline on our phrases, trained once for each state of them.

    Returns:
        The model's file, or None when there is none yet and it may not be trained now.
    """
    folder = _kept(PHRASES)
    if not folder.exists():
        if not may_train:
            return None
        stage("Training the default pipeline on our phrases (once, half an hour or more)")
        making = _fresh(folder.with_name("making"))
        # a copy: somebody may change a phrase while this goes on
        shutil.copytree(PHRASES, making / "nlu")
        folder = _kept(making / "nlu")
        _train(making)
        making.rename(folder)
    return folder / f"{MODEL}.tar.gz"


def _train(folder: Path) -> None:
    """Train the default pipeline on the phrases in a folder alone."""
    shutil.copy(bot() / "config.yml", folder / "config.yml")
    intents = "".join(f"- {path.stem}\n" for path in sorted((folder / "nlu").glob("*.yml")))
    (folder / "domain.yml").write_text(f'version: "3.1"\nintents:\n{intents}', encoding="utf-8")
    command = ["-m", "rasa", "train", "nlu", "--nlu", "nlu", "--config", "config.yml"]
    command += ["--domain", "domain.yml", "--out", ".", "--fixed-model-name", MODEL]
    run("default pipeline training", command, folder, foreign())


def _fresh(folder: Path) -> Path:
    """An empty folder, whatever a broken-off run left in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
