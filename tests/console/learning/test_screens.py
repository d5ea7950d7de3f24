"""The pages in a real browser: keys, focus, axe, light and dark, on a phone."""

import subprocess
import sys

import pytest
from playwright.sync_api import expect, sync_playwright

from frontdesk import settings
from tests.browser import axe
from tests.browser.conftest import ARGS, SIZES
from tests.console.learning.conftest import Conversations
from tests.stack import Stack

PASSWORD = "a long password for tests"
LEARN = "/staff/learn/"
REFUSED = "status of 422"
SAID = [
    ("how much?? <b>really</b>", "nlu_fallback", 0.9),
    ("How much, really", "ask_price", 0.3),
    ("is it far from the station then", "ask_contact", 0.35),
    ("ring me on 212-555-0143 about the cost", "ask_price", 0.4),
    ("my daughters backbone goes round a corner, school nurse says", "describe_pain", 0.45),
    ("do the stones burn", "ask_discomfort", 0.5),
    ("longlonglong" * 30, "ask_sources", 0.6),
]
BEND = {"entity": "condition", "value": "scoliosis", "start": 13, "end": 21}


@pytest.fixture(scope="module")
def console(tmp_path_factory):
    """A console of its own, with what visitors said, and a manager's account."""
    running = Stack(tmp_path_factory.mktemp("console"))
    told = Conversations(running.folder)
    for text, intent, confidence in SAID:
        told.say(text, intent, confidence, entities=[BEND] if "backbone" in text else [])
    for number in range(30):
        told.say(f"is it {number} for a session", "ask_price", 0.7 + number / 1000)
    try:
        running.start("console")
        done = subprocess.run(
            [sys.executable, "manage.py", "staff", "maya", "--role", "manager"],
            input=PASSWORD.encode(),
            env=running.env,
            cwd=settings.ROOT,
            capture_output=True,
        )
        assert done.returncode == 0, done.stderr.decode()
        yield running
    finally:
        running.close()


@pytest.fixture(scope="module")
def browser(chromium):
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=ARGS)
        yield running
        running.close()


@pytest.fixture
def visit(browser, console):
    """Opens a page as the manager; anything the browser complains of fails the test."""
    contexts, problems = [], []

    def note(said):
        # a form that is refused comes back with 422
        if said.type in ("error", "warning") and REFUSED not in said.text:
            problems.append(said.text)

    def go(path, size="desktop", scheme="light"):
        context = browser.new_context(
            **SIZES[size], color_scheme=scheme, reduced_motion="reduce", base_url=console.site
        )
        contexts.append(context)
        context.on("console", note)
        context.on("weberror", lambda error: problems.append(str(error.error)))
        page = context.new_page()
        page.goto("/staff/login/")
        page.get_by_label("Name").fill("maya")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/staff/")
        page.goto(path)
        return page

    yield go
    for context in contexts:
        context.close()
    assert not problems


def check(page, state):
    axe.check(page, state)
    assert axe.fits(page), state


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_pages_pass(visit, size, scheme):
    page = visit(LEARN, size, scheme)
    row = page.locator(".doubt").filter(has_text="stones burn")
    expect(row).to_have_count(1)
    check(page, f"list {size} {scheme}")
    row.get_by_role("button", name="Accept").click()
    expect(page.locator(".doubt.done")).to_contain_text("Accepted as Ask discomfort")
    check(page, f"accepted {size} {scheme}")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".doubt.done")).to_have_count(0)
    page.locator(".doubt").filter(has_text="backbone").get_by_role("link", name="Details").click()
    page.get_by_label("Words to learn").fill("my daughter [name] has a bent back")
    page.get_by_label("Condition or red flag").first.select_option("fever")
    check(page, f"correct {size} {scheme}")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("alert")).to_contain_text("[name]")
    check(page, f"refused {size} {scheme}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_review_passes(visit, size, scheme):
    page = visit(f"{LEARN}31/", size, scheme)
    page.get_by_label("Words to learn").fill("price?")
    page.get_by_label("What it meant").select_option("ask_insurance")
    page.get_by_label("Words in the phrase").first.fill("price")
    page.get_by_label("Stand for").first.select_option("pressure:firm")
    page.get_by_role("button", name="Keep").click()
    page.goto(f"{LEARN}33/")
    page.get_by_label("What it meant").select_option("ask_location")
    page.get_by_role("button", name="Keep").click()
    page.goto(f"{LEARN}export/")
    expect(page.get_by_role("heading", name="To be settled first")).to_be_visible()
    expect(page.get_by_text("data/nlu/ask_location.yml", exact=True)).to_be_visible()
    check(page, f"review {size} {scheme}")
    page.get_by_role("button", name="Ask insurance").click()
    expect(page.locator(".removed")).to_contain_text("price?")
    check(page, f"settled {size} {scheme}")
    for _ in "ab":
        page.get_by_role("button", name="Leave out").last.click()
    expect(page.get_by_text("Nothing waits to be exported")).to_be_visible()


def test_keys_judge_one_message_after_the_other(visit):
    page = visit(LEARN)
    first, second, third = (page.locator(".doubt").nth(number) for number in range(3))
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(first.locator(".words")).to_be_focused()
    page.keyboard.press("a")  # it was not understood: nothing to accept
    page.keyboard.press("1")
    expect(first).to_contain_text("Corrected to")
    expect(second.locator(".words")).to_be_focused()
    page.keyboard.press("x")
    expect(second).to_contain_text("Put aside")
    expect(page.get_by_role("status").filter(has_text="Put aside")).to_have_count(1)
    expect(third.locator(".words")).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator(".doubt.done")).to_have_count(1)
    expect(second.locator(".words")).to_be_focused()
    page.locator(".doubt.done").get_by_role("button", name="Undo").click()
    expect(page.locator(".doubt.done")).to_have_count(0)
    expect(first.locator(".words")).to_be_focused()


def test_typing_in_a_list_of_intents_judges_nothing(visit):
    page = visit(LEARN)
    page.locator(".doubt").nth(2).get_by_label("Another intent").focus()
    page.keyboard.press("a")
    page.keyboard.press("x")
    page.wait_for_timeout(300)
    expect(page.locator(".doubt.done")).to_have_count(0)


def test_list_works_without_scripts(visit, browser, console):
    page = visit(LEARN)
    plain = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    ).new_page()
    plain.goto(f"{console.site}{LEARN}")
    row = plain.locator(".doubt").filter(has_text="stones burn")
    row.get_by_label("Another intent").select_option("ask_preparation")
    row.get_by_role("button", name="Take", exact=True).click()
    expect(plain.get_by_text("stones burn")).to_have_count(0)
    plain.goto(f"{console.site}{LEARN}6/")
    expect(plain.get_by_text("Corrected by maya")).to_be_visible()
    plain.context.close()
