"""What people hear of people while the clinic is closed, from the whole product."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from ruamel.yaml import YAML

from frontdesk import settings
from tests.stack import GENEROUS, Stack
from tests.staff import Staff
from tests.visitor import Visitor, texts

AHEAD = datetime.timedelta(days=3)


@pytest.fixture(scope="module")
def opens() -> datetime.date:
    """The one day of the week on which the clinic of these tests is open."""
    return datetime.datetime.now(ZoneInfo("America/New_York")).date() + AHEAD


@pytest.fixture(scope="module")
def closed(
    model: Path, opens: datetime.date, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """A product whose clinic opens in three days."""
    folder = tmp_path_factory.mktemp("closed")
    data = folder / "data"
    shutil.copytree(settings.ROOT / "data", data)
    facts = data / "clinic" / "clinic.yml"
    yaml = YAML()
    clinic = yaml.load(facts.read_text(encoding="utf-8"))
    hours = clinic["clinic"]["hours"]
    for day in hours:
        hours[day] = ["09:00", "19:00"] if day == f"{opens:%A}" else []
    yaml.dump(clinic, facts)
    running = Stack(folder, FRONTDESK_DATA=str(data), **GENEROUS)
    try:
        running.start("assistant", "actions")
        yield running
    finally:
        running.close()


def test_who_waits_is_told_when_and_offered_a_call(closed: Stack, opens: datetime.date) -> None:
    visitor = Visitor(closed.chat)
    staff = Staff(closed, visitor)
    day = f"{opens:%A}, {opens:%B} {opens.day} at 9 am"
    answer = texts(visitor.say("can I talk to a person"))
    assert "I've told our team, but we're closed now" in answer and day in answer
    assert "few minutes" not in answer
    assert {"Call me back", "Opening hours"} <= set(visitor.titles())
    assert staff.told() == ["person"]
    # in words, as good as the button
    assert "What's your name" in texts(visitor.say("yes"))
    assert "What number" in texts(visitor.say("Sam Ortiz"))
    answer = texts(visitor.say("212-555-0142"))
    assert "will call you at (212) 555-0142" in answer and day in answer
    assert "today" not in answer
    assert staff.told() == ["person", "call_back"]


def test_no_call_wanted(closed: Stack) -> None:
    visitor = Visitor(closed.chat)
    visitor.say("let me speak to a human being")
    assert "No problem" in texts(visitor.say("no"))
    assert Staff(closed, visitor).told() == ["person"]
