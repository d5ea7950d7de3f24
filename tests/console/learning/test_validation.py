"""What is exported can be trained with; the browser's tests go the whole way."""

import os
import subprocess
import sys

import pytest
from django.urls import reverse

from frontdesk import settings
from tests.console.learning.test_export import ODD


@pytest.fixture
def places(project, tmp_path):
    """The environment of a second installation."""
    return {
        "FRONTDESK_DATA": str(project / "data"),
        "FRONTDESK_MODELS": str(tmp_path / "models"),
        "FRONTDESK_LOCAL": str(tmp_path / "second"),
    }


def run(places, *command):
    done = subprocess.run(
        [sys.executable, "-m", *command],
        env=os.environ | places | {"PYTHONPATH": str(settings.ROOT)},
        cwd=settings.ROOT,
        capture_output=True,
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()[-3000:]


def test_exported_files_pass_rasas_validation(
    conversations, project, places, client, receptionist, export
):
    intents = ["ask_price", "ask_insurance", "out_of_scope", "check_suitability"]
    for number, text in enumerate([*ODD, "[a] b: c", "- - -x"]):
        message = conversations.heard(text, key=f"talk-{number}")
        intent = intents[number % len(intents)]
        client.post(reverse("judge", args=[message.event]), {"do": intent})
    assert f"{len(ODD) + 2} corrections exported" in export()
    build_reading(places)
    data = places["FRONTDESK_DATA"]
    run(places, "rasa", "data", "validate", "--fail-on-warnings", "--data", data)


def build_reading(places):
    """What the assistant's reading steps load, from the changed words: strictly."""
    code = (
        "from frontdesk import settings; from frontdesk.clinical import language; "
        "language.build_if_stale(settings.data_folder(), settings.models_folder() / 'reading')"
    )
    environment = os.environ | places | {"PYTHONPATH": str(settings.ROOT)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()[-3000:]
