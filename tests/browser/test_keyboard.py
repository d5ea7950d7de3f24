"""The whole visit again without a pointer; the focus is always known and can be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conversation import AFTERWARDS, ARTICLE, CHOICES, QUESTIONS
from tests.browser.window import WELCOME, Window

FAR = 60  # more presses of Tab than any way here needs
SEEN = """node => node.matches(":focus-visible") && getComputedStyle(node).outlineStyle != "none"
    && parseFloat(getComputedStyle(node).outlineWidth) >= 2"""


class Keys:
    """Hands that have only a keyboard."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.press = window.page.keyboard.press

    def go_to(self, place: Locator, key: str = "Tab") -> None:
        """Move on until the focus is there."""
        expect(place).to_be_visible()
        for _ in range(FAR):
            self.press(key)
            if place.evaluate("node => node.getRootNode().activeElement === node"):
                break
        expect(place).to_be_focused()
        assert place.evaluate(SEEN), "the focus cannot be seen"

    def open(self) -> None:
        self.go_to(self.window.launcher)
        self.press("Enter")
        expect(self.window.field).to_be_focused()

    def ask(self, question: str, words: str) -> None:
        self.window.page.keyboard.type(question)
        self.press("Enter")
        self.window.hear(words)
        expect(self.window.field).to_be_focused()
        expect(self.window.field).to_have_value("")

    def choose(self, title: str, words: str) -> None:
        self.go_to(self.window.reply(title), "Shift+Tab")
        self.press("Enter")
        self.window.hear(words)
        expect(self.window.field).to_be_focused()

    def show_sources(self) -> None:
        summary = self.window.sources().locator("summary")
        self.go_to(summary, "Shift+Tab")
        self.press("Enter")
        expect(self.window.sources().get_by_text(ARTICLE).first).to_be_in_viewport()
        expect(summary).to_be_focused()
        self.go_to(self.window.field)


@pytest.fixture
def keys(window: Window) -> Keys:
    return Keys(window)


def test_keyboard_alone_is_enough_for_the_whole_visit(window: Window, keys: Keys) -> None:
    keys.open()
    expect(window.answers.first).to_contain_text(WELCOME)
    for question, words in QUESTIONS.items():
        keys.ask(question, words)
        keys.show_sources()
    for title, words in CHOICES.items():
        keys.choose(title, words)
    keys.show_sources()

    window.page.reload()
    keys.open()
    expect(window.said).to_have_text([*QUESTIONS, *CHOICES])
    for title, words in AFTERWARDS.items():
        keys.choose(title, words)


def test_page_leads_to_the_chat_in_three_keys(window: Window, keys: Keys) -> None:
    keys.press("Tab")
    expect(window.page.get_by_role("link", name="Skip to the content")).to_be_focused()
    keys.press("Enter")
    keys.press("Tab")
    expect(window.page.get_by_role("main").get_by_role("button").first).to_be_focused()
    keys.press("Enter")
    expect(window.field).to_be_focused()


def test_escape_closes_the_window_and_returns_to_the_launcher(window: Window, keys: Keys) -> None:
    keys.open()
    expect(window.launcher).to_have_attribute("aria-expanded", "true")
    keys.press("Escape")
    expect(window.dialog).to_be_hidden()
    expect(window.launcher).to_be_focused()
    expect(window.launcher).to_have_attribute("aria-expanded", "false")
    keys.press("Space")
    expect(window.field).to_be_focused()


def test_starting_over_can_be_refused_and_confirmed(window: Window, keys: Keys) -> None:
    keys.open()
    keys.ask(*next(iter(QUESTIONS.items())))
    again = window.tool("Start over")
    keys.go_to(again, "Shift+Tab")
    keys.press("Enter")
    expect(window.dialog.get_by_role("button", name="Keep")).to_be_focused()
    keys.press("Escape")
    expect(again).to_be_focused()
    expect(window.messages).to_have_count(3)

    keys.press("Enter")
    expect(window.dialog.get_by_role("button", name="Keep")).to_be_focused()
    keys.press("Shift+Tab")
    keys.press("Enter")
    expect(window.messages).to_have_count(1)
    expect(again).to_be_focused()


def test_focus_stays_in_a_window_that_covers_the_page(visit) -> None:
    window = visit("phone")
    Keys(window).open()
    expect(window.dialog).to_have_attribute("aria-modal", "true")
    outside = "() => !['FRONTDESK-CHAT', 'BODY'].includes(document.activeElement.tagName)"
    for _ in range(20):
        window.page.keyboard.press("Tab")
        assert not window.page.evaluate(outside)
        expect(window.launcher).not_to_be_focused()


def test_new_line_in_a_message_needs_shift(desktop: Window) -> None:
    Keys(desktop).open()
    desktop.page.keyboard.type("my lower back")
    desktop.page.keyboard.press("Shift+Enter")
    desktop.page.keyboard.type("hurts")
    expect(desktop.field).to_have_value("my lower back\nhurts")
