"""From a visitor's words that nobody understood to a new model that does, in the browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from playwright.sync_api import Browser, expect

from frontdesk import settings
from frontdesk.clinical import language  # noqa: F401 - makes our steps known to spaCy
from frontdesk.clinical.meanings import VECTORS
from frontdesk.clinical.vocabulary import SPANS
from tests.browser.conftest import Visit
from tests.browser.desk import Desk, employ
from tests.browser.test_staff import Sit, key_of, sit
from tests.browser.window import Window
from tests.stack import Stack
from tests.test_learned import cases, misunderstood, reader_of

__all__ = ["sit"]

PRICE = "hows the wonga"
LEGS = "my gams ache"
BENT = "built like a question mark since the age of ten"


@pytest.fixture(scope="module", autouse=True)
def team(stack: Stack) -> None:
    """Somebody who corrects."""
    employ(stack, "lena")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the data folder beside an empty folder for tests."""
    folder = tmp_path / "project"
    shutil.copytree(settings.ROOT / "data", folder / "data")
    return folder


@pytest.fixture
def trained(project: Path, tmp_path: Path) -> Iterator[Stack]:
    """A second installation on that folder; the encoder and what it read are taken over."""
    models = tmp_path / "models"
    shutil.copytree(settings.models_folder() / "encoder", models / "encoder")
    shutil.copy(settings.models_folder() / VECTORS, models / VECTORS)
    (tmp_path / "second").mkdir()
    places = {"FRONTDESK_DATA": str(project / "data"), "FRONTDESK_MODELS": str(models)}
    running = Stack(tmp_path / "second", **places)
    yield running
    running.close()


def run(env: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], env=env, cwd=settings.ROOT, capture_output=True
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()[-3000:]
    return done.stdout.decode()


def test_what_was_misunderstood_is_corrected_exported_trained_and_understood(
    visit: Visit, sit: Sit, browser: Browser, stack: Stack, project: Path, trained: Stack
) -> None:
    window = visit()
    window.greet()
    for number, text in enumerate((PRICE, LEGS, BENT), start=2):
        window.say(text)
        expect(window.answers.nth(number - 1)).to_be_visible()
    desk = sit("lena")
    teach(desk, key_of(window), PRICE, "Ask price")
    teach(desk, key_of(window), LEGS, "Describe pain", not_known=("gams", "pain_area:legs"))
    bent = ("question mark", "scoliosis")
    teach(desk, key_of(window), BENT, "Check suitability", missed=bent)
    desk.page.goto(f"{desk.site}/staff/learn/export/")
    expect(desk.page.get_by_text("3 corrections can be exported")).to_be_visible()

    data = {"FRONTDESK_DATA": str(project / "data")}
    told = run(stack.env | data, "manage.py", "export_training", "--to", str(project))
    assert "3 corrections exported" in told
    learned = cases(project / "tests" / "learned.yml")
    assert [one["text"] for one in learned] == [PRICE, LEGS, BENT]
    before = [misunderstood(reader_of(stack), one) for one in learned]
    assert before[0] and before[2]

    run(trained.env, "-m", "frontdesk.commands.train")
    trained.start("assistant", "actions", "console")
    assert [misunderstood(reader_of(trained), one) for one in learned] == [[], [], []]
    assert "legs" in areas(Path(trained.env["FRONTDESK_MODELS"]), LEGS)
    assert "legs" not in areas(settings.models_folder(), LEGS)
    again = Window(browser.new_page(), trained.site)
    again.visit()
    again.greet()
    again.ask(PRICE, "$")
    assert "$" not in window.answers.nth(1).inner_text(), "nor was it understood before"
    again.page.close()


def teach(
    desk: Desk,
    conversation: str,
    text: str,
    intent: str,
    missed: tuple[str, str] = ("", ""),
    not_known: tuple[str, str] = ("", ""),
) -> None:
    """Open a message in its conversation and say what it means."""
    page = desk.page
    page.goto(f"{desk.site}/staff/")
    desk.open(conversation)
    desk.lines.locator("article, li, .line").filter(has_text=text).last.get_by_role(
        "link", name="Correct"
    ).click()
    page.get_by_label("What it meant").select_option(label=intent)
    if missed[1]:
        page.get_by_label("Condition or red flag").first.select_option(missed[1])
        page.get_by_label("Words", exact=True).first.fill(missed[0])
    if not_known[1]:
        page.get_by_label("Words in the phrase").first.fill(not_known[0])
        page.get_by_label("Stand for").first.select_option(not_known[1])
    desk.press("Keep")
    expect(desk.lines).to_be_visible()


def areas(models: Path, text: str) -> list[str]:
    """The parts of the body that the words built with a model find in a text."""
    doc = spacy.load(models / "reading")(text)
    return [span.id_ for span in doc.spans[SPANS] if span.label_ == "pain_area"]
