"""Two assistants share the work: whichever is asked, each message is answered once, in order."""

from __future__ import annotations

import concurrent.futures
import copy
import time

import pytest

from tests.channels.test_messengers import meet
from tests.stack import Stack

QUESTIONS = {
    "where are you?": "Quayside",
    "what are your prices?": "$",
    "when are you open?": "Mon",
}
COPIES = 3  # of each delivery, to each of the two


@pytest.fixture(scope="module")
def doors(messengers):
    """The addresses of two assistants on the same databases."""
    first = messengers.stack
    second = Stack(first.folder, **first.env)
    second.env["RASA_PORT"] = str(second.assistant_port)
    second.env["ACTIONS_PORT"] = str(first.actions_port)
    try:
        second.start("assistant")
        yield [first.api, second.api]
    finally:
        second.close()


def test_copies_at_both_doors_are_answered_once_and_in_order(messengers, doors, provider, person):
    conversation = meet(messengers, provider, person)
    before, turns = len(provider.messages[person]), messengers.turns(conversation)
    at_each = [copy.copy(provider) for _ in doors]
    for one, door in zip(at_each, doors, strict=True):
        one.webhook = f"{door}/webhooks/{provider.name}/webhook"
    for text in QUESTIONS:
        body = provider.written(person, text)
        with concurrent.futures.ThreadPoolExecutor(COPIES * len(doors)) as pool:
            assert len(set(pool.map(lambda one: one.deliver(body), at_each * COPIES))) == 1  # noqa: B023
    for words in QUESTIONS.values():
        provider.hear(person, words, before)
    time.sleep(1.5)  # longer than a sweep
    said = [message.text for message in provider.messages[person][before:]]
    places = []
    for words in QUESTIONS.values():
        found = [number for number, text in enumerate(said) if words in text]
        assert len(found) == 1, said
        places += found
    assert places == sorted(places)
    assert messengers.turns(conversation) == turns + len(QUESTIONS)
