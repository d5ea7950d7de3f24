"""A red flag on top of the inbox, a look with a reason, a person taking over, and handing back."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.axe import check
from tests.browser.conftest import SIZES, Visit
from tests.browser.desk import Desk, employ
from tests.browser.window import Window
from tests.stack import Stack

FLAG = "I can't feel anything between my legs and I wet myself"
Sit = Callable[..., Desk]
SCREENS = (
    "",
    "?trait=booked",
    "audit/",
    "person/",
    "texts/",
    "password/",
    "second-step/set-up/",
)


@pytest.fixture(scope="module", autouse=True)
def team(stack: Stack) -> None:
    """Two who may do everything they need for this."""
    employ(stack, "maya")
    employ(stack, "rex", "receptionist")


@pytest.fixture
def sit(browser: Browser, stack: Stack) -> Iterator[Sit]:
    """One of the staff at a browser of their own."""
    contexts, problems = [], []

    def go(name: str, size: str = "desktop", scheme: str = "light") -> Desk:
        context = browser.new_context(**SIZES[size], color_scheme=scheme, reduced_motion="reduce")
        contexts.append(context)
        context.on("console", lambda said: said.type == "error" and problems.append(said.text))
        context.on("weberror", lambda error: problems.append(str(error.error)))
        desk = Desk(context.new_page(), stack.site)
        desk.log_in(name)
        return desk

    yield go
    for context in contexts:
        context.close()
    assert not problems


def key_of(window: Window) -> str:
    """The conversation a visitor's window is in."""
    raw = window.token.partition(".")[0]
    return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4)).decode().strip('"')


def test_red_flag_is_taken_over_and_handed_back(visit: Visit, sit: Sit) -> None:
    window = visit()
    window.greet()
    window.ask(FLAG, "Please call 911 now")
    key = key_of(window)
    desk = sit("maya")
    first = desk.page.locator(".row").first
    expect(first).to_contain_text("Red flag")
    expect(desk.row(key)).to_contain_text("Red flag")
    desk.open(key)
    expect(desk.lines).to_contain_text(FLAG)
    expect(desk.lines.locator("mark.red_flag").first).to_be_visible()

    desk.press("Take over")
    expect(window.log).to_contain_text("Maya")
    desk.write("This is Maya. Is somebody with you?")
    expect(window.log.locator(".message.staff").last).to_contain_text("Is somebody with you?")
    expect(desk.box).to_have_value("")
    window.say("yes my husband is here")
    expect(desk.lines).to_contain_text("yes my husband is here")
    before = window.answers.count()
    desk.write("Good. Please let him drive you there now.")
    expect(window.log.locator(".message.staff").last).to_contain_text("drive you there")
    expect(window.answers).to_have_count(before)  # the assistant keeps silent

    desk.press("Hand back to the assistant")
    expect(window.answers).to_have_count(before + 1)
    window.ask("thank you", "")
    expect(window.answers).to_have_count(before + 2)
    expect(desk.page.get_by_role("button", name="Take over")).to_be_visible()


def test_details_are_hidden_until_somebody_says_why(visit: Visit, sit: Sit) -> None:
    window = visit()
    window.greet()
    window.ask("I'm Priya Ramanathan, my number is (212) 555-0177", "")
    expect(window.answers).to_have_count(2)
    desk = sit("rex")
    desk.open(key_of(window))
    expect(desk.lines).to_contain_text("[phone]")
    expect(desk.lines).not_to_contain_text("555-0177")
    expect(desk.lines).not_to_contain_text("Ramanathan")
    desk.reveal("to call her back")
    expect(desk.lines).to_contain_text("555-0177")
    manager = sit("maya")
    manager.page.goto(f"{manager.site}/staff/audit/")
    expect(manager.page.get_by_role("row").nth(1)).to_contain_text("rex")
    expect(manager.page.get_by_role("row").nth(1)).to_contain_text("to call her back")


def test_only_one_of_two_takes_over(visit: Visit, sit: Sit) -> None:
    window = visit()
    window.greet()
    window.ask("can I talk to a person", "")
    key = key_of(window)
    maya, rex = sit("maya"), sit("rex")
    maya.open(key)
    rex.open(key)
    maya.press("Take over")
    expect(maya.box).to_be_visible()
    rex.press("Take over")
    expect(rex.page.get_by_role("alert")).to_contain_text("Maya is answering this visitor.")
    maya.press("Hand back to the assistant")
    expect(maya.page.get_by_role("button", name="Take over")).to_be_visible()


def test_arrivals_show_by_themselves(visit: Visit, sit: Sit) -> None:
    desk = sit("maya")
    window = visit()
    window.greet()
    window.ask(FLAG, "Please call 911 now")
    expect(desk.row(key_of(window))).to_contain_text("Red flag")
    expect(desk.page.locator("#toast")).to_contain_text("Red flag")
    expect(desk.page).to_have_title(re.compile(r"^\(\d+\) Inbox"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_screen_passes_axe(
    visit: Visit, sit: Sit, browser: Browser, stack: Stack, size: str, scheme: str
) -> None:
    window = visit()
    window.greet()
    window.ask(FLAG, "Please call 911 now")
    key = key_of(window)
    desk = sit("maya", size, scheme)
    desk.open(key)
    check(desk.page, "a conversation")
    desk.press("Take over")
    expect(desk.box).to_be_visible()
    check(desk.page, "taken over")
    desk.press("Hand back to the assistant")
    for path in SCREENS:
        desk.page.goto(f"{desk.site}/staff/{path}")
        check(desk.page, path or "inbox")
    context = browser.new_context(**SIZES[size], color_scheme=scheme)
    stranger = Desk(context.new_page(), stack.site)
    stranger.page.goto(f"{stack.site}/staff/")
    check(stranger.page, "login")
    context.close()
