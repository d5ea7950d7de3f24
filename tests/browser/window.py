"""The chat window as the one in front of it sees it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.visitor import call

WELCOME = "I'm the automated assistant"


class Window:
    """A page with the chat on it, and what a visitor does there."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.launcher = page.locator(".launcher")
        self.dialog = page.get_by_role("dialog", name="Harbor Massage")
        self.log = self.dialog.get_by_role("log")
        self.field = self.dialog.get_by_role("textbox", name="Your message")
        self.replies = self.dialog.locator(".reply")
        self.messages = self.log.locator(".message")
        self.said = self.log.locator(".visitor .bubble")
        self.answers = self.log.locator(".message.assistant")
        self.unsent = self.log.get_by_text("Not sent yet")

    def visit(self) -> None:
        self.page.goto(self.site)
        expect(self.launcher).to_be_visible()

    def open(self) -> None:
        self.launcher.click()
        expect(self.dialog).to_be_visible()

    def greet(self) -> None:
        """Open the window and wait for the welcome."""
        self.open()
        expect(self.answers.first).to_contain_text(WELCOME)

    def say(self, text: str) -> None:
        self.field.fill(text)
        self.field.press("Enter")

    def ask(self, question: str, words: str) -> None:
        """Say something and wait until the newest answer holds these words."""
        self.say(question)
        self.hear(words)

    def hear(self, words: str) -> None:
        expect(self.answers.last).to_contain_text(words)

    def reply(self, title: str) -> Locator:
        return self.dialog.locator(".replies").get_by_role("button", name=title, exact=True)

    def tool(self, name: str) -> Locator:
        return self.dialog.locator(".tool").and_(self.page.get_by_role("button", name=name))

    def sources(self) -> Locator:
        """What unfolds under the newest answer that names its sources."""
        return self.answers.last.locator("details")

    def restart(self) -> None:
        """Start over, and mean it."""
        self.tool("Start over").click()
        self.dialog.get_by_role("status").get_by_role("button", name="Start over").click()

    # --- what the server knows

    @property
    def chat(self) -> str:
        endpoint = self.page.locator("frontdesk-chat").get_attribute("endpoint")
        return f"{endpoint}/webhooks/website"

    @property
    def token(self) -> str:
        """What the browser keeps to be known again."""
        kept = "() => JSON.parse(Object.values(localStorage)[0]).session"
        return str(self.page.evaluate(kept))

    def history(self) -> list[dict[str, Any]]:
        """The conversation as the server has it."""
        answer = call(f"{self.chat}/messages?after=0", token=self.token)
        assert answer.status == 200, answer.body
        messages: list[dict[str, Any]] = answer.body["messages"]
        return messages

    def turns(self) -> list[str]:
        """What the server took from the visitor, in order."""
        return [message["text"] for message in self.history() if message["from"] == "visitor"]
