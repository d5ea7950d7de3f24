"""WCAG 2.2 AA as far as a machine can tell, and answers that are read out."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import check, fits
from tests.browser.conftest import SIZES, Visit
from tests.browser.window import Window

OVERFLOWING = """() => {
    const { shadowRoot } = document.querySelector("frontdesk-chat");
    const right = node => node.getBoundingClientRect().right;
    return [...shadowRoot.querySelectorAll("*")]
        .filter(node => !node.closest(".hidden") && right(node) > innerWidth + 1)
        .map(node => node.outerHTML.slice(0, 80));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_state_of_the_window_passes(visit: Visit, size: str, scheme: str) -> None:
    window = visit(size, scheme)
    check(window.page, "closed")
    window.greet()
    check(window.page, "open")
    window.ask("how does massage help with back pain?", "Many people find relief")
    check(window.page, "an answer")
    window.sources().locator("summary").click()
    expect(window.sources().get_by_role("listitem").first).to_be_visible()
    check(window.page, "sources")
    window.tool("Start over").click()
    expect(window.dialog.get_by_role("button", name="Keep")).to_be_visible()
    check(window.page, "about to start over")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_message_that_failed_passes(visit: Visit, scheme: str) -> None:
    window = visit(scheme=scheme, lossy=True)
    window.greet()
    window.page.route("**/webhooks/website/messages", lambda route: route.abort())
    window.say("hello?")
    expect(window.unsent).to_be_visible()
    check(window.page, "not sent")


def test_page_about_privacy_passes(desktop: Window) -> None:
    desktop.page.goto(f"{desktop.site}/privacy/")
    check(desktop.page, "privacy")


def test_answers_are_announced_while_the_focus_stays(window: Window) -> None:
    window.greet()
    expect(window.log).not_to_have_attribute("aria-live", "off")  # a log is polite by itself
    window.ask("what do endorphins do?", "natural substances")
    expect(window.log).to_contain_text("natural substances")
    expect(window.field).to_be_focused()


def test_history_is_not_read_out_but_what_follows_is(desktop: Window) -> None:
    desktop.greet()
    desktop.ask("what do endorphins do?", "natural substances")
    desktop.page.reload()
    desktop.page.evaluate(
        """() => {
            const chat = document.querySelector("frontdesk-chat");
            window.spoken = [];
            new MutationObserver(changes => changes.forEach(({ target, addedNodes }) => {
                if (target.role === "log" && target.ariaLive !== "off") spoken.push(...addedNodes);
            })).observe(chat.shadowRoot, { childList: true, subtree: true });
        }"""
    )
    desktop.open()
    expect(desktop.messages).to_have_count(3)
    assert desktop.page.evaluate("() => spoken.length") == 0
    expect(desktop.log).to_have_attribute("aria-live", "polite")
    desktop.ask("what is deep tissue massage?", "presses much harder")
    assert desktop.page.evaluate("() => spoken.length") == 2


def test_trouble_is_announced(visit: Visit) -> None:
    window = visit(lossy=True)
    window.greet()
    window.page.route("**/webhooks/website/messages", lambda route: route.abort())
    window.say("hello?")
    expect(window.dialog.get_by_role("status").first).to_contain_text("Your words are kept")


@pytest.mark.parametrize(("width", "height"), [(320, 568), (320, 256)])
def test_nothing_runs_off_a_small_or_magnified_screen(
    visit: Visit, width: int, height: int
) -> None:
    window = visit("phone")
    window.page.set_viewport_size({"width": width, "height": height})
    window.greet()
    window.ask("help me pick a massage", "Where does it hurt most?")
    window.say("averylongwordwithoutaspaceinit" * 5)
    expect(window.answers.nth(2)).to_be_visible()
    assert window.page.evaluate(OVERFLOWING) == []
    assert fits(window.page)
