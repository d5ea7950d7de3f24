"""What `make say` and `make train` print."""

from __future__ import annotations

import os
import subprocess
import sys

from frontdesk import settings


def run(module, *words, **env):
    return subprocess.run(
        [sys.executable, "-m", f"frontdesk.commands.{module}", *words],
        cwd=settings.ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
    )


def test_say_shows_intent_and_entities(stack):
    told = run(
        "say",
        "my lower bak hurts from golf, can you do deep tisue gently",
        RASA_PORT=str(stack.assistant_port),
        FRONTDESK_SECRET_KEY=stack.env["FRONTDESK_SECRET_KEY"],
    ).stdout
    for part in ("intent", "lower_back", "sport", "deep_tissue", "light"):
        assert part in told, told


def test_say_without_words_says_how():
    told = run("say")
    assert told.returncode == 1 and "make say TEXT=" in told.stderr


def test_train_does_nothing_when_nothing_changed(model):
    told = run("train")
    assert told.stdout.strip() == "The model is current."


def test_mistake_in_data_stops_the_training_and_is_named(tmp_path, model):
    import shutil

    data = tmp_path / "data"
    shutil.copytree(settings.ROOT / "data", data)
    (data / "treatments" / "thai.yml").write_text("treatments:\n  thai2: {titel: Thai}\n")
    told = run("train", FRONTDESK_DATA=str(data), FRONTDESK_MODELS=str(tmp_path / "models"))
    assert told.returncode == 1
    for part in ("Cannot train", "thai.yml", "thai2", "titel"):
        assert part in told.stderr
    assert "Traceback" not in told.stderr
