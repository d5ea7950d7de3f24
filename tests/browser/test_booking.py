"""A visitor picks, is asked about their health, books, moves and cancels; the e-mails arrive."""

from __future__ import annotations

import datetime
import email
import re
import time
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SIZES
from tests.browser.window import Window
from tests.stack import GENEROUS, Stack, free_port

ADDRESS = "sam@ortiz-family.com"
PATIENCE = 30  # seconds in which an e-mail has to be there
SCREENS = 6


class Mailbox:
    """A real SMTP server that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        self.letters.append(email.message_from_bytes(envelope.content))  # type: ignore[attr-defined]
        return "250 OK"

    def to(self, address: str, number: int) -> Message:
        """The letter of that number to somebody, as soon as it is there."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            theirs = [one for one in self.letters if address in str(one["To"])]
            if len(theirs) >= number:
                return theirs[number - 1]
            time.sleep(0.1)
        raise AssertionError(f"no letter {number} to {address}; {len(self.letters)} in all")

    def close(self) -> None:
        self._controller.stop()


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    running = Mailbox()
    yield running
    running.close()


@pytest.fixture(scope="module")
def clinic(
    model: Path, mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stack]:
    """The product, sending its e-mails to the mailbox."""
    smtp = {"FRONTDESK_SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}"}
    running = Stack(tmp_path_factory.mktemp("clinic"), **GENEROUS, **smtp)
    try:
        running.start("assistant", "actions", "console")
        yield running
    finally:
        running.close()


def _event(letter: Message) -> tuple[str, icalendar.Event]:
    for part in letter.walk():
        if part.get_content_type() == "text/calendar":
            calendar = icalendar.Calendar.from_ical(part.get_payload(decode=True))
            return str(calendar["METHOD"]), calendar.walk("VEVENT")[0]
    raise AssertionError("no calendar file in the letter")


def test_visitor_picks_is_screened_books_moves_and_cancels(
    browser: Browser, clinic: Stack, mailbox: Mailbox, tmp_path: Path
) -> None:
    context = browser.new_context(**SIZES["phone"], reduced_motion="reduce", locale="en-US")
    window = Window(context.new_page(), clinic.site)
    window.visit()
    window.greet()
    window.ask("which massage for a stiff neck from stress, light pressure please", "Swedish")
    window.reply("Book Swedish").click()
    window.hear("questions about the health")
    window.reply("Yes, go on").click()
    for screen in range(1, SCREENS + 1):
        window.hear(f"{screen} of 6")
        window.reply("None, or that's all").click()
    window.hear("When would you like to come")
    window.ask("next Wednesday at 2pm for an hour", "What name")
    window.ask("Sam Ortiz", "How can we reach you")
    window.ask(ADDRESS, "Shall I book this?")
    window.reply("Yes, book it").click()
    window.hear("You're booked")
    window.page.screenshot(path=tmp_path / "booked.png")
    said = window.answers.last.inner_text()
    (reference,) = re.findall(r"HM-[2-9B-Z]{5}", said)
    assert "at 2 pm" in said

    method, event = _event(mailbox.to(ADDRESS, 1))
    assert method in ("PUBLISH", "REQUEST")
    begins = event["DTSTART"].dt
    assert f"{begins:%A}" == "Wednesday"
    assert f"{begins.astimezone(ZoneInfo('America/New_York')):%H:%M}" == "14:00"
    assert event["DTEND"].dt - begins == datetime.timedelta(hours=1)
    assert reference in mailbox.to(ADDRESS, 1).as_string()

    window.reply("Move it").click()
    window.hear("When would you like to come instead")
    window.ask("next Thursday at 11am", "Shall I move")
    window.reply("Yes, move it").click()
    window.hear("Done.")
    _, moved = _event(mailbox.to(ADDRESS, 2))
    assert moved["UID"] == event["UID"]
    assert int(moved["SEQUENCE"]) > int(event.get("SEQUENCE", 0))
    assert f"{moved['DTSTART'].dt:%A}" == "Thursday"

    window.reply("Cancel it").click()
    window.hear("Shall I cancel")
    window.reply("Yes, cancel it").click()
    window.hear("is cancelled")
    method, called_off = _event(mailbox.to(ADDRESS, 3))
    assert (method, called_off["UID"]) == ("CANCEL", event["UID"])
    for letter in mailbox.letters:
        assert "stress" not in letter.as_string().lower()
    expect(window.answers.last).to_contain_text(reference)
    context.close()
