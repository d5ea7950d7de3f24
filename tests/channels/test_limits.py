"""Limits as people meet them: floods, long messages, and what a provider lets us send when."""

from __future__ import annotations

import concurrent.futures
import statistics
import time

import pytest

from frontdesk import settings
from tests.channels.conftest import Messengers
from tests.channels.test_messengers import meet
from tests.visitor import Visitor, texts

FLOOD = 300
DELIVERIES = 500  # of one address in twenty seconds
MOST = 10  # of one person in ten seconds


@pytest.fixture(scope="module")
def paced(model, tmp_path_factory):
    """A product with the limits people meet in messaging channels, and a template."""
    given = {
        "FRONTDESK_SENDER_PACE": settings.PACE,
        "FRONTDESK_CHANNEL_PACE": f"{DELIVERIES} per 20 second",
        "FRONTDESK_WHATSAPP_TEMPLATE": "reply/en_GB",
    }
    running = Messengers(tmp_path_factory.mktemp("paced"), **given)
    try:
        running.stack.start("assistant", "actions")
        yield running
    finally:
        running.close()


def wait_for(visitor):
    began = time.monotonic()
    assert "Quayside" in texts(visitor.say("where are you?"))
    return time.monotonic() - began


def test_flood_of_one_person_slows_nobody_else(paced):
    telegram, slack, flooder = paced.providers["telegram"], paced.providers["slack"], "17770001"
    visitor = Visitor(paced.stack.chat)
    calm = statistics.median(wait_for(visitor) for _ in range(10))
    conversation = meet(paced, telegram, flooder)

    def flood(_):
        body = telegram.written(flooder, "where are you?")
        statuses = {telegram.post(body, telegram.signed(body)).status}
        forged = telegram.written(flooder, "where are you?")
        statuses.add(telegram.post(forged, {"Content-Type": "application/json"}).status)
        return statuses

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        began = time.monotonic()
        pouring = pool.map(flood, range(FLOOD))
        flooded = statistics.median(wait_for(visitor) for _ in range(10))
        slack.ask("17770002", "where are you?", "Quayside")
        assert {status for statuses in pouring for status in statuses} == {200, 403}
    seconds = time.monotonic() - began
    telegram.wait(
        "the last answer",
        lambda: not paced.rows("SELECT 1 FROM channel_inbound WHERE NOT is_done"),
    )
    allowed = 1 + MOST * (1 + seconds / 10)
    assert 2 <= paced.turns(conversation) <= allowed
    time.sleep(0.5)
    told = [m.text for m in telegram.messages[flooder] if "faster than I can answer" in m.text]
    assert 1 <= len(told) <= 1 + seconds / 60
    # the client that floods runs on the same cores
    assert flooded < max(1.0, 6 * calm), (calm, flooded)


def test_too_long_a_message_is_told_so(paced):
    for number, provider in enumerate(paced.providers.values()):
        person = f"1777100{number}"
        provider.ask(person, "x" * 2500, "under 2,000 characters")


def test_one_address_is_asked_to_come_back_and_nothing_is_lost(paced):
    """A provider whose deliveries are too many gets 429 and Retry-After, and delivers again."""
    messenger, person = paced.providers["messenger"], "17772001"
    empty = messenger.delivery()
    taken = 0
    while messenger.post(empty, messenger.signed(empty)).status == 200:
        taken += 1
        assert taken <= DELIVERIES
    body = messenger.written(person, "where are you?")
    answer = messenger.post(body, messenger.signed(body))
    assert answer.status == 429 and 1 <= int(answer.headers["Retry-After"]) <= 20
    forged = messenger.post(body, {"Content-Type": "application/json"})
    assert forged.status == 403, "forged deliveries use up nothing"
    time.sleep(int(answer.headers["Retry-After"]))
    messenger.deliver(body, tries=60)
    messenger.hear(person, "Quayside")


def test_after_a_day_whatsapp_gets_the_approved_template(paced):
    whatsapp, person = paced.providers["whatsapp"], "17773001"
    conversation = meet(paced, whatsapp, person)
    paced.age(conversation)
    whatsapp.closed.add(person)
    text = "Kim here.\n\n- **Friday** at 3\n- or    Monday"
    said = {"event": "bot", "text": text, "metadata": {"from": "staff"}}
    assert paced.append(conversation, said)[0] == 200
    (template,) = whatsapp.templates
    assert (template["name"], template["language"]) == ("reply", {"code": "en_GB"})
    assert "Kim here. • *Friday* at 3 • or Monday" in whatsapp.messages[person][-1].raw
