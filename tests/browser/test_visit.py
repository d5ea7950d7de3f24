"""A whole visit: ask, look where it comes from, be led to a massage, come back later."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conversation import AFTERWARDS, ARTICLE, CHOICES, QUESTIONS
from tests.browser.window import WELCOME, Window


def test_visitor_is_answered_led_to_a_massage_and_known_again(window: Window) -> None:
    window.greet()
    for question, words in QUESTIONS.items():
        window.ask(question, words)
        show_sources(window)
    for title, words in CHOICES.items():
        window.reply(title).click()
        window.hear(words)
    show_sources(window)

    asked = [*QUESTIONS, *CHOICES]
    expect(window.said).to_have_text(asked)
    before = window.messages.all_inner_texts()
    assert len(before) == 1 + 2 * len(asked)

    window.page.reload()
    window.open()
    expect(window.said).to_have_text(asked)
    assert [folded(text) for text in window.messages.all_inner_texts()] == [
        folded(text) for text in before
    ]

    for title, words in AFTERWARDS.items():
        window.reply(title).click()
        window.hear(words)
    assert window.turns() == [*asked, *AFTERWARDS]


def show_sources(window: Window) -> None:
    sources = window.sources()
    expect(sources).not_to_have_attribute("open", "")
    sources.get_by_text("Where this comes from").click()
    expect(sources.get_by_role("listitem").filter(has_text=ARTICLE).first).to_be_in_viewport()


def folded(text: str) -> str:
    """A message without its sources."""
    return text.partition("Where this comes from")[0].strip()


def test_page_has_its_own_ways_into_the_chat(window: Window) -> None:
    window.page.get_by_role("main").get_by_role("button", name="Help me choose").click()
    expect(window.answers.first).to_contain_text(WELCOME)
    expect(window.field).to_be_focused()


def test_window_can_be_closed_and_opened_again(window: Window) -> None:
    window.greet()
    window.tool("Close").click()
    expect(window.dialog).to_be_hidden()
    window.open()
    expect(window.messages).to_have_count(1)
