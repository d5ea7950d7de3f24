"""The tracker store keeps running conversations short and never older than the database."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    ConversationPaused,
    SessionStarted,
    SlotSet,
    UserUttered,
)

from frontdesk.components.conversations import WINDOW, Conversations

DOMAIN = Domain.from_yaml(
    """
intents: [greet]
entities: [condition]
slots:
  pain_area: {type: any, mappings: [{type: custom}]}
forms:
  pick_form: {required_slots: [pain_area]}
"""
)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    if request.param == "sqlite":
        return Conversations(domain=DOMAIN, dialect="sqlite", db=str(tmp_path / "c.db"))
    return Conversations(domain=DOMAIN, host=request.getfixturevalue("postgres"))


def turn(text, *entities):
    found = [{"entity": "condition", "value": value} for value in entities]
    return [
        UserUttered(text, {"name": "greet"}, found),
        ActionExecuted("utter_greet"),
        BotUttered(f"re {text}"),
        ActionExecuted("action_listen"),
    ]


def run(what):
    return asyncio.run(what)


def begun(store):
    sender = uuid.uuid4().hex
    tracker = run(store.get_or_create_tracker(sender, append_action_listen=False))
    for event in (SessionStarted(), ActionExecuted("action_listen")):
        tracker.update(event, DOMAIN)
    run(store.save(tracker))
    return sender


def say(store, sender, *events):
    tracker = run(store.retrieve(sender))
    for event in events:
        tracker.update(event, DOMAIN)
    run(store.save(tracker))


def spoken(tracker):
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


def stored(store, sender):
    return run(store.retrieve_full_tracker(sender))


def test_long_conversation_is_cut_but_nothing_is_lost(store):
    sender = begun(store)
    say(store, sender, *turn("I have a disc", "herniated_disc"))
    say(store, sender, SlotSet("pain_area", "neck"), ActiveLoop("pick_form"))
    for number in range(40):
        say(store, sender, *turn(str(number)))
    tracker = run(store.retrieve(sender))
    assert len(spoken(tracker)) <= 2 * WINDOW + 1
    assert spoken(tracker)[-1] == "39"
    assert tracker.get_slot("pain_area") == "neck"
    assert tracker.active_loop_name == "pick_form"
    assert "I have a disc" in spoken(tracker)
    assert spoken(stored(store, sender)) == ["I have a disc", *map(str, range(40))]


def test_pause_long_ago_still_holds(store):
    sender = begun(store)
    say(store, sender, ConversationPaused())
    for number in range(40):
        say(store, sender, *turn(str(number)))
    assert run(store.retrieve(sender)).is_paused()


def test_what_another_process_wrote_is_seen(store):
    sender = begun(store)
    say(store, sender, *turn("one"))
    other = Conversations(domain=DOMAIN, host=str(store.engine.url.render_as_string(False)))
    say(other, sender, *turn("two"))
    say(store, sender, *turn("three"))
    assert spoken(run(store.retrieve(sender))) == ["one", "two", "three"]
    assert spoken(stored(other, sender)) == ["one", "two", "three"]


def test_turn_that_failed_leaves_no_trace(store):
    sender = begun(store)
    say(store, sender, *turn("one"))
    tracker = run(store.retrieve(sender))
    tracker.update(UserUttered("lost", {"name": "greet"}), DOMAIN)  # and never saved
    assert spoken(run(store.retrieve(sender))) == ["one"]


def test_turn_that_went_in_circles_does_not_stop_the_next(store):
    sender = begun(store)
    circles = [ActionExecuted("action_default_fallback") for _ in range(10)]
    say(store, sender, UserUttered("hm", {"name": "greet"}), *circles)
    assert run(store.retrieve(sender)).latest_action_name == "action_listen"


def test_errors_do_not_quote_what_was_said(store):
    sender = begun(store)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE events RENAME TO gone")
    try:
        with pytest.raises(Exception, match="events") as caught:
            run(store.retrieve(sender))
        assert sender not in str(caught.value)
    finally:
        with store.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE gone RENAME TO events")


def test_what_is_erased_during_a_turn_does_not_come_back(store):
    sender = begun(store)
    say(store, sender, *turn("my number is 5550143"), SlotSet("pain_area", "neck"))
    tracker = run(store.retrieve(sender))
    table = store.SQLEvent.__table__
    with store.engine.begin() as connection:
        connection.execute(table.delete().where(table.c.sender_id == sender))
    for event in turn("and now?"):
        tracker.update(event, DOMAIN)
    run(store.save(tracker))
    assert stored(store, sender) is None
    assert run(store.retrieve(sender)) is None


def test_what_is_erased_between_turns_does_not_come_back(store):
    sender = begun(store)
    say(store, sender, *turn("my number is 5550143"), SlotSet("pain_area", "neck"))
    table = store.SQLEvent.__table__
    with store.engine.begin() as connection:
        connection.execute(table.delete().where(table.c.sender_id == sender))
    tracker = run(store.get_or_create_tracker(sender, append_action_listen=False))
    assert spoken(tracker) == [] and tracker.get_slot("pain_area") is None
    for event in turn("hello"):
        tracker.update(event, DOMAIN)
    run(store.save(tracker))
    assert spoken(stored(store, sender)) == ["hello"]
