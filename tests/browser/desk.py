"""The staff's pages as one of the staff sees them."""

from __future__ import annotations

import subprocess
import sys

from playwright.sync_api import Locator, Page, expect

from frontdesk import settings
from tests.stack import Stack

PASSWORD = "linen oil and lavender"


def employ(stack: Stack, name: str, role: str = "manager") -> None:
    """Make an account as whoever runs the server does."""
    done = subprocess.run(
        [sys.executable, "manage.py", "staff", name, "--role", role, "--called", name.title()],
        env=stack.env,
        cwd=settings.ROOT,
        input=f"{PASSWORD}\n".encode(),
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr.decode()


class Desk:
    """A browser page of one of the staff."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.lines = page.get_by_role("log", name="Messages")
        self.box = page.get_by_role("textbox", name="Your message")

    def log_in(self, name: str) -> None:
        self.page.goto(f"{self.site}/staff/")
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.get_by_role("heading", name="Inbox")).to_be_attached()

    def row(self, conversation: str) -> Locator:
        """The inbox's line of a conversation, by its key."""
        return self.page.locator(".row").filter(has_text=conversation[:6])

    def open(self, conversation: str) -> None:
        self.row(conversation).get_by_role("link").click()
        expect(self.lines).to_be_visible()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def write(self, text: str) -> None:
        self.box.fill(text)
        self.box.press("Enter")

    def reveal(self, reason: str) -> None:
        self.page.get_by_label("Show names, numbers and addresses").fill(reason)
        self.press("Show")
