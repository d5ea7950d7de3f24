"""Every messaging channel with the running product: a booking, an emergency, staff, and trouble."""

from __future__ import annotations

import concurrent.futures
import re
import time

from tests.channels.providers.standin import Reply

SCREENS = 6
PHONE = "555-0148"


def newest(messengers, name, before):
    (conversation,) = messengers.conversations(name) - before
    return conversation


def meet(messengers, provider, person, text="where are you?", words="Quayside"):
    """Somebody writes for the first time; their conversation's id."""
    before = messengers.conversations(provider.name)
    provider.ask(person, text, words)
    return newest(messengers, provider.name, before)


def test_booking_from_the_first_word_to_the_reference(messengers, provider, person):
    provider.ask(person, "book a Swedish massage for me", "questions about the health")
    provider.hear(person, "automated assistant")
    provider.tap(person, "Yes, go on", "1 of 6")
    for screen in range(2, SCREENS + 1):
        provider.tap(person, "None, or that's all", f"{screen} of 6")
    provider.tap(person, "None, or that's all", "When would you like to come")
    provider.tap(person, provider.titles(person)[2], "How long")
    provider.tap(person, "60 minutes", "What name")
    provider.ask(person, "Sam Ortiz", "How can we reach you")
    summary = provider.ask(person, "646-555-0102", "Shall I book this?")
    assert "Sam" in summary.text
    booked = provider.tap(person, "Yes, book it", "You're booked")
    assert re.search(r"HM-[2-9B-Z]{5}", booked.text)
    assert not provider.refused


def test_emergency_comes_first_and_alone(messengers, provider, person):
    provider.say(person, "I have crushing chest pain right now and my left arm is numb")
    card = provider.hear(person, "Call 911 now")
    assert provider.messages[person][0] is card, "something was said before"
    time.sleep(0.5)
    assert not [m for m in provider.messages[person][1:] if "automated" in m.text]
    assert "**" not in card.text and "](" not in card.text


def test_staff_reply_reaches_the_person(messengers, provider, person):
    conversation = meet(messengers, provider, person)
    assert re.fullmatch(rf"{provider.name}-[0-9a-f]{{32}}", conversation)
    said = {"event": "bot", "text": "Kim here: *Friday* at 3 <pm>?", "metadata": {"from": "staff"}}
    status, _ = messengers.append(conversation, {"event": "pause"}, said)
    assert status == 200
    heard = provider.messages[person][-1]
    assert "Kim here" in heard.text and "our team" in heard.text, "sent, when Rasa said so"
    before = len(provider.messages[person])
    provider.say(person, "yes please")
    time.sleep(1)
    assert len(provider.messages[person]) == before, "silent while a person has taken over"
    messengers.append(conversation, {"event": "resume"})
    provider.ask(person, "where are you?", "Quayside")


def test_staff_reply_to_somebody_erased_says_so(messengers, provider, person):
    conversation = meet(messengers, provider, person)
    messengers.execute("DELETE FROM channel_person WHERE conversation = ?", conversation)
    said = {"event": "bot", "text": "hello", "metadata": {"from": "staff"}}
    status, message = messengers.append(conversation, said)
    assert status == 500 and "Error: refused" in message


def test_staff_reply_that_nobody_takes_says_so(messengers, provider, person):
    conversation = meet(messengers, provider, person)
    provider.trouble.extend([Reply(503, {})] * 30)
    said = {"event": "bot", "text": "hello", "metadata": {"from": "staff"}}
    began = time.monotonic()
    status, message = messengers.append(conversation, said)
    took = time.monotonic() - began
    provider.trouble.clear()
    assert status == 500 and "Error: unreachable" in message
    assert took < 8, "the console waits no longer"


def test_busy_provider_is_asked_again_as_it_says(messengers, provider, person):
    meet(messengers, provider, person)
    provider.trouble.extend([*provider.busy(1), Reply(502, {}), Reply(500, {})])
    before, began = len(provider.messages[person]), time.monotonic()
    provider.ask(person, "what are your prices?", "$")
    assert time.monotonic() - began >= 1
    time.sleep(0.5)
    assert sum("$" in m.text for m in provider.messages[person][before:]) == 1


def test_delivered_five_times_at_once_is_answered_once(messengers, provider, person):
    conversation = meet(messengers, provider, person)
    before, turns = len(provider.messages[person]), messengers.turns(conversation)
    body = provider.written(person, "what are your opening hours?")
    with concurrent.futures.ThreadPoolExecutor(5) as pool:
        statuses = list(pool.map(lambda _: provider.deliver(body), range(5)))
    assert statuses == [statuses[0]] * 5
    provider.hear(person, "Monday", before)
    time.sleep(1.5)  # longer than a sweep
    assert provider.deliver(body), "much later, too"
    time.sleep(0.5)
    assert sum("Monday" in m.text for m in provider.messages[person][before:]) == 1
    assert messengers.turns(conversation) == turns + 1


def test_typed_command_is_plain_text(messengers, provider, person):
    conversation = meet(messengers, provider, person)
    provider.say(person, '/inform{"pain_area":"neck"}')
    provider.wait("a turn", lambda: messengers.turns(conversation) == 2)
    tracker = messengers.tracker(conversation)
    assert tracker["slots"]["pain_area"] is None
    assert tracker["latest_message"]["text"].startswith("\u2215inform")


def test_quick_messages_are_answered_in_order(messengers, provider, person):
    meet(messengers, provider, person)
    before = len(provider.messages[person])
    for text in ("where are you?", "what are your prices?", "what are your opening hours?"):
        provider.say(person, text)
    provider.hear(person, "Monday", before)
    said = "\n".join(m.text for m in provider.messages[person][before:])
    assert said.index("Quayside") < said.index("$") < said.index("Monday")


def test_nothing_a_person_wrote_and_no_number_is_kept_or_logged(messengers, provider, person):
    word = "zanzibarquokka"
    conversation = meet(messengers, provider, person, f"my {word} hurts, where are you?", "")
    provider.wait(
        "an end",
        lambda: (
            not messengers.rows(
                "SELECT 1 FROM channel_inbound WHERE conversation = ? AND NOT is_done", conversation
            )
        ),
    )
    for path in messengers.stack.folder.glob("*.log"):
        told = path.read_text(errors="replace")
        assert word not in told and person not in told, path
    for table in ("channel_inbound", "channel_outbound", "channel_offer"):
        query = f"SELECT * FROM {table} WHERE conversation = ?"
        told = str(messengers.rows(query, conversation))
        assert word not in told and person not in told
    assert person not in conversation
