"""A server killed after it acknowledged a message answers it after the restart, once."""

from __future__ import annotations

import signal
import time

import pytest

from frontdesk.channels.heard import Heard
from tests.channels.conftest import Messengers
from tests.channels.providers.standin import Reply


@pytest.fixture(scope="module")
def mortal(model, tmp_path_factory):
    """A product that may be killed."""
    running = Messengers(tmp_path_factory.mktemp("mortal"))
    try:
        running.stack.start("assistant", "actions")
        yield running
    finally:
        running.close()


def kill(running):
    running.stack.stop("assistant", how=signal.SIGKILL)


def test_killed_after_acknowledging(mortal):
    providers = list(mortal.providers.values())
    people = {provider.name: f"1666000{number}" for number, provider in enumerate(providers)}
    # the action server stands still: whoever is asked something now waits in the middle of a turn
    mortal.stack.running["actions"].send_signal(signal.SIGSTOP)
    for provider in providers:
        provider.say(people[provider.name], "what is deep tissue massage?")
        provider.say(people[provider.name], "where are you?")
    kill(mortal)
    assert not any(provider.messages[people[provider.name]] for provider in providers)
    mortal.stack.running["actions"].send_signal(signal.SIGCONT)
    mortal.stack.start("assistant")
    for provider in providers:
        person = people[provider.name]
        provider.hear(person, "Quayside")
        provider.hear(person, "presses much harder")
        told = [message.text for message in provider.messages[person]]
        assert sum("presses much harder" in one for one in told) == 1, told
        assert sum("Quayside" in one for one in told) == 1, told


def test_killed_while_the_provider_takes_nothing(mortal):
    """The turn is over and saved; only its answer has not arrived."""
    provider, person = mortal.providers["telegram"], "16660100"
    provider.ask(person, "hi", "automated assistant")
    (conversation,) = {
        row[0]
        for row in mortal.rows(
            "SELECT conversation FROM channel_person WHERE address LIKE ?", f"%{person}%"
        )
    }
    turns = mortal.turns(conversation)
    provider.trouble.extend([Reply(503, {})] * 1000)
    provider.say(person, "where are you?")
    provider.wait(
        "the answer to be kept",
        lambda: bool(
            mortal.rows("SELECT 1 FROM channel_outbound WHERE conversation = ?", conversation)
        ),
    )
    kill(mortal)
    provider.trouble.clear()
    mortal.stack.start("assistant")
    provider.hear(person, "Quayside")
    time.sleep(1.5)
    assert sum("Quayside" in m.text for m in provider.messages[person]) == 1
    assert mortal.turns(conversation) == turns + 1


def test_turn_saved_before_the_kill_is_not_run_again(mortal):
    """Killed between the end of a turn and the posting of its answer."""
    provider, person = mortal.providers["slack"], "16660200"
    provider.ask(person, "where are you?", "Quayside")
    rows = mortal.rows(
        "SELECT conversation FROM channel_person WHERE address LIKE ?", f"%{person}%"
    )
    conversation, said = rows[0][0], len(provider.messages[person])
    body = provider.written(person, "what are your prices?")
    provider.deliver(body)
    provider.hear(person, "$", said)
    turns = mortal.turns(conversation)
    mortal.stack.stop("assistant")
    # as it was before the answer was posted: the letter waits, begun once
    heard = Heard("x", "x", {"channel": f"D{person}"}, text="what are your prices?").packed()
    mortal.execute(
        "UPDATE channel_inbound SET is_done = 0, tries = 1, body = ? WHERE seq ="
        " (SELECT max(seq) FROM channel_inbound WHERE conversation = ?)",
        heard,
        conversation,
    )
    before = len(provider.messages[person])
    mortal.stack.start("assistant")
    provider.hear(person, "$", before)
    time.sleep(1)
    told = [m.text for m in provider.messages[person]]
    assert len(told) == before + 1, "|".join(one[:60] for one in told)
    assert mortal.turns(conversation) == turns


def test_database_away_is_not_acknowledged(mortal):
    """What could not be kept is delivered again by the provider, and answered then."""
    provider, person = mortal.providers["messenger"], "16660300"
    provider.ask(person, "hi", "automated assistant")
    mortal.execute("ALTER TABLE channel_inbound RENAME TO channel_inbound_away")
    body = provider.written(person, "where are you?")
    assert provider.post(body, provider.signed(body)).status == 503
    mortal.execute("ALTER TABLE channel_inbound_away RENAME TO channel_inbound")
    provider.deliver(body)
    provider.hear(person, "Quayside")
