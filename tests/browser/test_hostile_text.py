"""Whatever is written is shown as text, and nothing in it runs."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.window import Window

RUNS = "window.ran=1"
TEXTS = {
    "html": f'<b onmouseover="{RUNS}">bold</b> & <img src=x onerror="{RUNS}">',
    "script": f"<script>{RUNS}</script>",
    "closing tags": f"</div></dialog></frontdesk-chat><iframe srcdoc='<b>{RUNS}</b>'>",
    "link": f"[press here](javascript:{RUNS}) javascript:{RUNS}",
    "markdown": "**not bold** [a site](https://example.com)",
    "right to left": "ظهري يؤلمني",
    "emoji": "😀👩‍👩‍👧🏽",
    "2,000 characters": "my back " * 249 + "hurts so",
    "2,000 emoji": "😀" * 2000,
}
ALIVE = "img, script, iframe, b, .visitor strong, .visitor a, a[href^=javascript]"


def assert_only_text(window: Window, text: str) -> None:
    expect(window.said.last).to_have_text(text)
    assert window.log.locator(ALIVE).count() == 0
    assert window.page.evaluate("() => window.ran") is None


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_hostile_words_are_only_words(desktop: Window, text: str) -> None:
    desktop.greet()
    desktop.say(text)
    expect(desktop.answers.nth(1)).to_be_visible()
    assert_only_text(desktop, text)
    desktop.page.reload()
    desktop.open()
    expect(desktop.answers.nth(1)).to_be_visible()
    assert_only_text(desktop, text)


def test_typed_payload_is_only_words(desktop: Window) -> None:
    payload = 'inform{"pain_area":"lower_back"}'
    desktop.greet()
    desktop.ask("help me pick a massage", "Where does it hurt most?")
    desktop.say(f"/{payload}")
    expect(desktop.said.last).to_have_text(f"/{payload}")
    expect(desktop.answers.nth(2)).to_be_visible()
    desktop.hear("Where does it hurt most?")
    desktop.page.reload()
    desktop.open()
    expect(desktop.said.last).to_contain_text(payload)


def test_right_to_left_words_run_right_to_left(desktop: Window) -> None:
    desktop.greet()
    desktop.say(TEXTS["right to left"])
    expect(desktop.said.last).to_have_css("direction", "rtl")


def test_too_long_a_message_is_kept_for_shortening(desktop: Window) -> None:
    desktop.greet()
    desktop.say("x" * 2001)
    expect(desktop.dialog.get_by_role("status").first).to_contain_text("2,000 characters fit")
    expect(desktop.field).to_have_value("x" * 2001)
    expect(desktop.field).to_have_attribute("aria-invalid", "true")
    assert desktop.turns() == []
    desktop.field.press("Backspace")
    desktop.field.press("Enter")
    expect(desktop.answers.nth(1)).to_be_visible()


def test_hostile_answer_is_only_text(desktop: Window) -> None:
    """Even a server that was taken over cannot run anything on the page."""
    message = {
        "id": "1",
        "from": "assistant",
        "at": "2026-01-01T00:00:00Z",
        "text": f"{TEXTS['html']}\n\n{TEXTS['link']}\n\n[call](tel:911) **bold**",
        "buttons": [{"id": "1", "title": TEXTS["html"]}],
        "sources": [{"claim": "A01", "article": TEXTS["html"], "section": TEXTS["script"]}],
        "card": {
            "kind": "note",
            "title": TEXTS["html"],
            "lines": [TEXTS["link"]],
            "actions": [{"url": f"javascript:{RUNS}", "title": "press"}],
        },
    }

    def answer(route: Route) -> None:
        allowed = {"Access-Control-Allow-Origin": desktop.site}
        said = {"session": "any", "messages": [message], "cursor": 1}
        route.fulfill(status=201, body=json.dumps(said), headers=allowed)

    desktop.page.route("**/webhooks/website/session", answer)
    desktop.page.route("**/webhooks/website/stream*", lambda route: None)
    desktop.open()
    expect(desktop.answers).to_contain_text(TEXTS["html"])
    assert desktop.log.locator(ALIVE).count() == 0
    links = desktop.log.get_by_role("link")
    assert [link.get_attribute("href") for link in links.all()] == ["tel:911"]
    desktop.reply(TEXTS["html"]).hover()
    assert desktop.page.evaluate("() => window.ran") is None
