"""A bad connection, two tabs and a reload lose nothing and say nothing twice."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Visit
from tests.browser.conversation import QUESTIONS
from tests.browser.window import WELCOME, Window

SENDING = re.compile(r"/webhooks/website/messages$")
EVERYTHING = re.compile(r"/webhooks/website/")
FIRST, SECOND = list(QUESTIONS)[:2]


@pytest.fixture
def window(visit: Visit) -> Window:
    """The chat, open, where a test may break the network."""
    window = visit(lossy=True)
    window.greet()
    return window


def abort(route: Route) -> None:
    route.abort()


def assert_answered_in_order(window: Window, *questions: str) -> None:
    window.hear(QUESTIONS[questions[-1]])
    expect(window.messages).to_have_count(1 + 2 * len(questions))
    expect(window.said).to_have_text(list(questions))
    expect(window.unsent).to_have_count(0)
    for answer, question in zip(window.answers.all()[1:], questions, strict=True):
        expect(answer).to_contain_text(QUESTIONS[question])
    assert window.turns() == list(questions)


def test_words_said_offline_go_out_in_order_when_back(window: Window) -> None:
    window.page.context.set_offline(True)
    window.say(FIRST)
    window.say(SECOND)
    expect(window.unsent).to_have_count(2)
    window.page.context.set_offline(False)
    assert_answered_in_order(window, FIRST, SECOND)


def test_words_said_offline_survive_a_reload(window: Window) -> None:
    window.page.route(EVERYTHING, abort)
    window.say(FIRST)
    window.say(SECOND)
    expect(window.unsent).to_have_count(2)
    window.page.reload()
    window.open()
    expect(window.said).to_have_text([FIRST, SECOND])
    window.page.unroute(EVERYTHING)
    window.page.reload()
    window.open()
    assert_answered_in_order(window, FIRST, SECOND)


def test_server_fault_is_tried_again(window: Window) -> None:
    allowed = {"Access-Control-Allow-Origin": window.site}
    window.page.route(SENDING, lambda r: r.fulfill(status=500, headers=allowed), times=1)
    window.say(FIRST)
    assert_answered_in_order(window, FIRST)


def test_answer_lost_on_its_way_is_fetched_and_not_made_twice(window: Window) -> None:
    def take_and_lose(route: Route) -> None:
        assert route.fetch().status == 200
        route.abort("timedout")

    window.page.route(SENDING, take_and_lose, times=1)
    window.say(FIRST)
    assert_answered_in_order(window, FIRST)


def test_failed_message_says_so_and_goes_out_on_request(window: Window) -> None:
    window.page.route(SENDING, abort)
    window.say(FIRST)
    expect(window.unsent).to_be_visible()
    expect(window.dialog.get_by_role("link", name="(212) 555-0148")).to_be_visible()
    window.page.unroute(SENDING)
    window.log.get_by_role("button", name="Try again").click()
    assert_answered_in_order(window, FIRST)


def test_two_tabs_show_one_conversation(window: Window) -> None:
    other = Window(window.page.context.new_page(), window.site)
    other.visit()
    other.greet()
    for speaker, listener, question in ((window, other, FIRST), (other, window, SECOND)):
        speaker.say(question)
        expect(listener.answers.last).to_contain_text(QUESTIONS[question])
    for tab in (window, other):
        assert_answered_in_order(tab, FIRST, SECOND)


def test_draft_is_kept(window: Window) -> None:
    window.field.fill("my lower back hurts when")
    window.page.reload()
    window.open()
    expect(window.field).to_have_value("my lower back hurts when")


def test_starting_over_begins_a_new_conversation(window: Window) -> None:
    window.ask(FIRST, QUESTIONS[FIRST])
    before = window.token
    window.restart()
    expect(window.messages).to_have_count(1)
    assert window.token != before
    window.page.reload()
    window.greet()
    expect(window.messages).to_have_count(1)
    window.ask(SECOND, QUESTIONS[SECOND])
    assert window.turns() == [SECOND]


def test_session_that_has_ended_is_renewed_and_the_words_are_kept(window: Window) -> None:
    forge = """() => { for (const key of Object.keys(localStorage))
        localStorage[key] = JSON.stringify({ session: "forged" }) }"""
    window.page.evaluate(forge)
    window.say(FIRST)
    expect(window.log.get_by_text("A new conversation")).to_be_visible()
    window.hear(QUESTIONS[FIRST])
    assert window.turns() == [FIRST]


def test_first_visit_offline_still_greets_when_back(visit: Visit) -> None:
    window = visit(lossy=True)
    window.launcher.hover()
    expect(window.page.locator("dialog")).to_have_count(1)
    window.page.context.set_offline(True)
    window.open()
    expect(window.dialog.get_by_role("status").first).to_contain_text("be reached here now")
    window.page.context.set_offline(False)
    expect(window.answers.first).to_contain_text(WELCOME)
    expect(window.dialog.get_by_text("be reached here now")).to_have_count(0)
