"""From a visitor's words that nobody understood to a new model that does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from django.urls import reverse

from frontdesk import settings
from frontdesk.clinical import language  # noqa: F401 - makes our steps known to spaCy
from frontdesk.clinical.vocabulary import SPANS
from frontdesk.console.conversations import store as stores
from frontdesk.console.conversations.models import Message
from frontdesk.console.conversations.reader import read_events
from frontdesk.console.learning.models import Correction
from tests.console.learning.test_export import ODD
from tests.stack import Stack
from tests.test_learned import cases, misunderstood, reader_of
from tests.visitor import Visitor

PRICE = "hows the wonga"
LEGS = "my gams ache"
BENT = "built like a question mark since the age of ten"


@pytest.fixture
def models(tmp_path):
    """A folder for a model of one's own; the converted encoder is taken over to save its time."""
    folder = tmp_path / "models"
    shutil.copytree(settings.models_folder() / "encoder", folder / "encoder")
    return folder


@pytest.fixture
def places(project, models, tmp_path):
    """The environment of a second installation."""
    return {
        "FRONTDESK_DATA": str(project / "data"),
        "FRONTDESK_MODELS": str(models),
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


@pytest.fixture
def heard(stack, db, monkeypatch):
    """Has a visitor say something to the running assistant; the console's message of it."""
    monkeypatch.setenv("FRONTDESK_LOCAL", str(stack.folder))
    stores._open.cache_clear()

    def go(text):
        Visitor(stack.chat).say(text)
        while read_events(stores.store()):
            pass
        return Message.objects.filter(masked=text).latest("event")

    yield go
    stores._open.cache_clear()


def test_what_was_misunderstood_is_corrected_exported_trained_and_understood(
    stack, heard, project, places, client, manager, export, tmp_path
):
    messages = {text: heard(text) for text in (PRICE, LEGS, BENT)}
    assert all(one.is_open for one in messages.values())
    price = reverse("judge", args=[messages[PRICE].event])
    client.post(price, {"do": "ask_price"}, headers={"HX-Request": "true"})
    teach(client, messages[LEGS], "describe_pain", entity="pain_area:legs", words="gams")
    bent = {"missed": "scoliosis", "assertion": "present", "subject": "client"}
    teach(client, messages[BENT], "check_suitability", missed_words="question mark", **bent)
    assert Correction.objects.count() == 3
    assert "3 corrections exported" in export("--to", str(project))

    learned = cases(project / "tests" / "learned.yml")
    assert [one["text"] for one in learned] == [PRICE, LEGS, BENT]
    before = [misunderstood(reader_of(stack), one) for one in learned]
    assert before[0] and before[2]

    run(places, "frontdesk.commands.train")
    second = tmp_path / "second"
    after = Stack(second, **places)
    try:
        after.start("assistant")
        address = reader_of(after)
        assert [misunderstood(address, one) for one in learned] == [[], [], []]
    finally:
        after.close()
    assert "legs" in areas(Path(places["FRONTDESK_MODELS"]), LEGS)
    assert "legs" not in areas(settings.models_folder(), LEGS)


def teach(client, message, intent, **filled):
    address = reverse("correct", args=[message.event])
    answer = client.post(address, {"phrase": message.masked, "intent": intent} | filled)
    assert answer.status_code == 302, answer.content.decode()


def areas(models, text):
    """The parts of the body that the words built with a model find in a text."""
    doc = spacy.load(models / "reading")(text)
    return [span.id_ for span in doc.spans[SPANS] if span.label_ == "pain_area"]


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
