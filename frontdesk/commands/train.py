"""Trains the assistant when its words or code changed since the last model."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from multiprocessing import get_context
from pathlib import Path

from frontdesk import settings
from frontdesk.clinical import encoder, language, meanings
from frontdesk.clinical.modifiers import load_modifiers
from frontdesk.domain.errors import FrontdeskError

MODEL = "frontdesk"
MARK = "trained-from.txt"
# What the model holds. Clinic facts and claims are read at start and need no training.
WORDS = (
    *("nlu", "rules", "stories", "responses", "treatments", "vocabulary"),
    *("conditions", "modifiers", "ordinary", "statements"),
)
CODE = ("clinical", "components")
FILES = ("config.yml", "domain.yml", "requirements.lock")


def model_mark(root: Path, data: Path) -> str:
    """A hash of all that the model is made from."""
    paths = [root / name for name in FILES]
    paths += [path for name in WORDS for path in sorted((data / name).glob("*.yml"))]
    paths += [path for name in CODE for path in sorted((root / "frontdesk" / name).glob("*.py"))]
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def is_current(models: Path, mark: str) -> bool:
    """Whether the kept model is made from just this."""
    kept = models / MARK
    is_marked = kept.exists() and kept.read_text(encoding="ascii") == mark
    return is_marked and (models / f"{MODEL}.tar.gz").exists()


def main() -> None:
    """Train, with a line for each stage."""
    models, data = settings.models_folder(), settings.data_folder()
    mark = model_mark(settings.ROOT, data)
    if is_current(models, mark) and "--force" not in sys.argv:
        print("The model is current.")
        return
    began = time.monotonic()
    try:
        _stage("Reading the words of data/", began)
        language.build_if_stale(data, models / "reading")
        _stage("Converting the sentence encoder (once)", began)
        encoder.convert(models / "encoder")
        load_modifiers(data)
    except FrontdeskError as error:
        sys.exit(f"Cannot train: {error}")
    _stage("Learning from phrases, rules and health statements (minutes, at first five)", began)
    # beside Rasa, which waits for it where it needs it
    beside = get_context("spawn").Process(target=_learn_meanings, args=(models, data, began))
    beside.start()
    try:
        _train(models, data)
    finally:
        beside.join()
    (models / MARK).write_text(mark, encoding="ascii")
    _stage("Trained", began)


def _learn_meanings(models: Path, data: Path, began: float) -> None:
    def tell(progress: str) -> None:
        _stage(f"... {progress}", began)

    meanings.learn_if_stale(data, encoder.load(models / "encoder"), models / "meanings", tell)


def _train(models: Path, data: Path) -> None:
    """Let Rasa train in a process of its own, its long output in a file."""
    logs = settings.local_folder() / "logs"
    logs.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "rasa", "train", "--force", "--data", str(data)]
    command += ["--config", str(_config(models)), "--out", str(models)]
    # what Rasa objects to would only stand in the log: `make check` says it aloud
    command += ["--fixed-model-name", MODEL, "--skip-validation"]
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    with (logs / "train.log").open("wb") as output:
        done = subprocess.run(
            command, stdout=output, stderr=output, env=os.environ | quiet, cwd=settings.ROOT
        )
    if done.returncode:
        told = (logs / "train.log").read_text(encoding="utf-8", errors="replace")
        print("\n".join(told.replace("\r", "\n").splitlines()[-20:]), file=sys.stderr)
        sys.exit(f"Training failed; all of it is in {logs / 'train.log'}")


def _config(models: Path) -> Path:
    """config.yml, or a copy of it that names another models folder."""
    kept = settings.ROOT / "config.yml"
    if models.resolve() == (settings.ROOT / "models").resolve():
        return kept
    words = kept.read_text(encoding="utf-8")
    copy = settings.local_folder() / "config.yml"
    copy.write_text(words.replace(" models/reading", f" {models}/reading"), encoding="utf-8")
    return copy


def _stage(what: str, began: float) -> None:
    print(f"  {time.monotonic() - began:5.1f} s  {what}", flush=True)


if __name__ == "__main__":
    main()
