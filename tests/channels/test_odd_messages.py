"""What is no plain message: photos, voices, edits, groups, joins; a kind sentence or silence."""

from __future__ import annotations

import time

import pytest

from tests.channels.providers.standin import Reply
from tests.channels.test_messengers import meet

TEXT_ONLY = "I can only read text"
CANNOT_LOOK = "can't look at pictures"


def kind_sentence(provider, person, body, words):
    before = len(provider.messages[person])
    provider.deliver(body)
    provider.hear(person, words, before)


def silence(messengers, provider, person, body):
    """Taken, and neither answered nor read."""
    before = len(provider.messages[person])
    assert provider.deliver(body) == 200
    time.sleep(0.4)
    assert len(provider.messages[person]) == before


@pytest.fixture
def telegram(messengers):
    return messengers.providers["telegram"]


@pytest.mark.parametrize(
    "sent",
    [
        {"photo": [{"file_id": "x", "width": 1, "height": 1}]},
        {"voice": {"file_id": "x", "duration": 3}},
        {"sticker": {"file_id": "x", "emoji": "🙂"}},
        {"location": {"latitude": 40.7, "longitude": -74.0}},
        {"contact": {"phone_number": "+12125550100", "first_name": "Al"}},
        {"document": {"file_id": "x"}},
    ],
    ids=lambda sent: next(iter(sent)),
)
def test_telegram_attachment(telegram, person, sent):
    kind_sentence(
        telegram, person, telegram.update(message=telegram.message(person, **sent)), TEXT_ONLY
    )


def test_telegram_picture_with_words_is_answered_and_the_picture_owned_up_to(telegram, person):
    photo = {"photo": [{"file_id": "x"}], "caption": "where are you?"}
    kind_sentence(
        telegram, person, telegram.update(message=telegram.message(person, **photo)), CANNOT_LOOK
    )
    telegram.hear(person, "Quayside")


def test_telegram_start_is_welcomed_once(telegram, person):
    telegram.ask(person, "/start", "I'm the automated assistant")
    time.sleep(0.3)
    assert len(telegram.messages[person]) == 1
    telegram.tap(person, "Help me pick a massage", "Where does it hurt")


def test_telegram_edit(telegram, person):
    meet_first = telegram.update(edited_message=telegram.message(person, text="not there"))
    kind_sentence(telegram, person, meet_first, "only read new messages")


def test_telegram_keyboard_of_an_answered_question_is_removed(telegram, person):
    telegram.ask(person, "which massage is best for my lower back?", "brought it on")
    asked = next(m for m in telegram.messages[person] if m.buttons)
    confirmed = len(telegram.answered)
    telegram.tap(person, "Stress", "how firm")
    assert not asked.buttons and len(telegram.answered) == confirmed + 1
    pressure = next(m for m in telegram.messages[person] if m.buttons)
    telegram.ask(person, "firm please", "I'd start with")
    telegram.wait("its keyboard to go", lambda: not pressure.buttons)


def test_telegram_group_join_reaction_and_channel_are_none_of_our_business(
    messengers, telegram, person
):
    meet(messengers, telegram, person)
    group = {"id": -100123, "type": "supergroup", "title": "Friends"}
    update, message = telegram.update, telegram.message
    for body in (
        update(message=message(person, text="hi all", chat=group)),
        update(message=message(person, new_chat_members=[{"id": 1}], chat=group)),
        update(message=message(person, pinned_message={"message_id": 1})),
        update(my_chat_member={"chat": group, "from": {"id": int(person)}}),
        update(message_reaction={"chat": {"id": int(person), "type": "private"}}),
        update(channel_post=message(person, text="news")),
        update(message=message(person, text="hi", **{"from": {"id": 5, "is_bot": True}})),
        update(),
    ):
        silence(messengers, telegram, person, body)
    assert not telegram.messages["-100123"]


def test_telegram_markup_it_refuses_goes_out_as_plain_words(messengers, telegram, person):
    conversation = meet(messengers, telegram, person)
    told = {"ok": False, "error_code": 400, "description": "Bad Request: can't parse entities: x"}
    telegram.trouble.append(Reply(400, told))
    said = {"event": "bot", "text": "**Friday** & [here](https://example.org/a?b=1&c=2)"}
    assert messengers.append(conversation, said)[0] == 200
    assert "Friday & here" in telegram.messages[person][-1].text


def test_twilio_attachment_number_and_stop(messengers, person):
    twilio = messengers.providers["twilio"]
    body = twilio.written(
        person, "", NumMedia="1", MediaUrl0="https://x", MediaContentType0="image/jpeg"
    )
    kind_sentence(twilio, person, body, TEXT_ONLY)
    silence(messengers, twilio, person, twilio.written(person, "STOP", OptOutType="STOP"))
    twilio.ask(person, "which massage is best for my lower back?", "brought it on")
    twilio.ask(person, "reply 5", "how firm")
    assert "1. Light" in twilio.messages[person][-1].text
    twilio.ask(person, "where are you?", "Quayside")


def test_number_means_something_for_the_list_just_sent_only(messengers, person):
    twilio = messengers.providers["twilio"]
    before = messengers.conversations("twilio")
    twilio.ask(person, "which massage is best for my lower back?", "brought it on")
    (conversation,) = messengers.conversations("twilio") - before
    slots = messengers.tracker(conversation)["slots"]
    assert slots["pain_cause"] is None
    said = {"event": "bot", "text": "Kim here, how many of you?", "metadata": {"from": "staff"}}
    messengers.append(conversation, {"event": "pause"}, said)
    twilio.say(person, "5")
    twilio.wait("a turn", lambda: messengers.turns(conversation) == 2)
    latest = messengers.tracker(conversation)
    assert latest["latest_message"]["text"] == "5"
    assert latest["slots"]["pain_cause"] is None


def test_twilio_whatsapp_answers_by_whatsapp(messengers, person):
    twilio = messengers.providers["twilio"]
    body = twilio.written(
        person, "where are you?", From=f"whatsapp:+{person}", To="whatsapp:+12125550148"
    )
    kind_sentence(twilio, person, body, "Quayside")
    assert twilio.asked[-1].form["To"] == f"whatsapp:+{person}"


@pytest.mark.parametrize(
    "kind, sent, words",
    [
        ("image", {"image": {"id": "1", "mime_type": "image/jpeg"}}, TEXT_ONLY),
        ("image", {"image": {"id": "1", "caption": "where are you?"}}, CANNOT_LOOK),
        ("audio", {"audio": {"id": "1", "voice": True}}, TEXT_ONLY),
        ("sticker", {"sticker": {"id": "1"}}, TEXT_ONLY),
        ("location", {"location": {"latitude": 1.5, "longitude": 2}}, TEXT_ONLY),
        ("contacts", {"contacts": [{"name": {}}]}, TEXT_ONLY),
        ("unsupported", {"errors": [{"code": 131051}]}, TEXT_ONLY),
    ],
)
def test_whatsapp_attachment(messengers, person, kind, sent, words):
    whatsapp = messengers.providers["whatsapp"]
    body = whatsapp.delivery(whatsapp.message(person, kind, **sent))
    kind_sentence(whatsapp, person, body, words)


def test_whatsapp_silence(messengers, person):
    whatsapp = messengers.providers["whatsapp"]
    meet(messengers, whatsapp, person)
    reaction = whatsapp.message(person, "reaction", reaction={"message_id": "x", "emoji": "👍"})
    system = whatsapp.message(person, "system", system={"body": "changed their number"})
    for one in (reaction, system):
        silence(messengers, whatsapp, person, whatsapp.delivery(one))
    status = whatsapp.delivery().replace(b'"messages": []', b'"statuses": [{"id": "x"}]')
    silence(messengers, whatsapp, person, status)
    other = whatsapp.written(person, "hello").replace(b"106540352242922", b"999")
    silence(messengers, whatsapp, person, other)


def test_whatsapp_number_is_taken_beside_its_buttons(messengers, person):
    whatsapp = messengers.providers["whatsapp"]
    whatsapp.ask(person, "which massage is best for my lower back?", "brought it on")
    whatsapp.ask(person, "5.", "how firm")


def test_batch_is_answered_whole_and_in_order(messengers, person):
    whatsapp, other = messengers.providers["whatsapp"], str(int(person) + 700_000)
    said = [
        (person, "where are you?"),
        (other, "where are you?"),
        (person, "what are your prices?"),
    ]
    body = whatsapp.delivery(
        *(whatsapp.message(who, "text", text={"body": words}) for who, words in said)
    )
    whatsapp.deliver(body)
    whatsapp.hear(other, "Quayside")
    whatsapp.hear(person, "$")
    told = "\n".join(m.text for m in whatsapp.messages[person])
    assert told.index("Quayside") < told.index("$")
    messenger = messengers.providers["messenger"]
    events = [
        messenger.event(person, message=messenger.message(text=words))
        for words in ("where are you?", "what are your prices?")
    ]
    messenger.deliver(messenger.delivery(*events))
    messenger.hear(person, "$")
    told = "\n".join(m.text for m in messenger.messages[person])
    assert told.index("Quayside") < told.index("$")


def test_messenger_attachment_postback_and_silence(messengers, person):
    messenger = messengers.providers["messenger"]
    attached = messenger.message(attachments=[{"type": "image", "payload": {"url": "https://x"}}])
    kind_sentence(
        messenger, person, messenger.delivery(messenger.event(person, message=attached)), TEXT_ONLY
    )
    started = {"title": "Get Started", "payload": "START", "mid": f"m_{person}"}
    body = messenger.delivery(messenger.event(person, postback=started))
    kind_sentence(messenger, person, body, "I'm the automated assistant")
    for what in (
        {"read": {"watermark": 1}},
        {"delivery": {"mids": ["m"]}},
        {"message": messenger.message(text="ours", is_echo=True)},
        {"reaction": {"reaction": "love", "action": "react", "mid": "m"}},
        {"optin": {"ref": "x"}},
    ):
        silence(messengers, messenger, person, messenger.delivery(messenger.event(person, **what)))


def test_slack_files_edits_channels_and_bots(messengers, person):
    slack = messengers.providers["slack"]
    file = slack.event(**slack.message(person, subtype="file_share", files=[{"id": "F1"}], text=""))
    kind_sentence(slack, person, file, TEXT_ONLY)
    edited = slack.message(
        person,
        subtype="message_changed",
        message={"user": f"U{person}", "text": "new", "type": "message"},
        previous_message={"text": "old"},
    )
    kind_sentence(slack, person, slack.event(**edited), "only read new messages")
    for message in (
        slack.message(person, text="hi", channel="C123", channel_type="channel"),
        slack.message(person, text="hi", bot_id="B1"),
        slack.message(person, subtype="message_deleted"),
        slack.message(person, subtype="channel_join", text="joined"),
        {"type": "reaction_added", "user": f"U{person}"},
        {"type": "app_mention", "user": f"U{person}", "channel": "C1", "text": "<@U1> hi"},
    ):
        silence(messengers, slack, person, slack.event(**message))


def test_slack_addresses_are_read_as_typed(messengers, person):
    slack = messengers.providers["slack"]
    conversation = meet(messengers, slack, person)
    words = "<mailto:al@example.org|al@example.org> or <tel:+16465550102|646-555-0102> &amp; <https://a.org>"
    slack.deliver(slack.event(**slack.message(person, text=words)))
    slack.wait("a turn", lambda: messengers.turns(conversation) == 2)
    told = messengers.tracker(conversation)["latest_message"]["text"]
    assert told == "al@example.org or 646-555-0102 & https://a.org"


def test_whatsapp_a_day_later(messengers, person):
    whatsapp = messengers.providers["whatsapp"]
    conversation = meet(messengers, whatsapp, person)
    messengers.age(conversation)
    whatsapp.closed.add(person)
    said = {"event": "bot", "text": "Kim here", "metadata": {"from": "staff"}}
    status, message = messengers.append(conversation, said)
    assert status == 500 and "Error: outside_window" in message
    assert not whatsapp.templates
    # our clock says the window is open and theirs says it is not
    messengers.execute(
        "UPDATE channel_person SET heard_at = heard_at + 90000 WHERE conversation = ?", conversation
    )
    status, message = messengers.append(conversation, said)
    assert status == 500 and "Error: outside_window" in message


def test_messenger_a_day_later_only_staff_may_write(messengers, person):
    messenger = messengers.providers["messenger"]
    conversation = meet(messengers, messenger, person)
    messengers.age(conversation)
    reminder = {"event": "bot", "text": "See you tomorrow"}
    status, message = messengers.append(conversation, reminder)
    assert status == 500 and "Error: outside_window" in message
    said = {"event": "bot", "text": "Kim here", "metadata": {"from": "staff"}}
    assert messengers.append(conversation, said)[0] == 200
    assert messenger.tags[-1] == "HUMAN_AGENT"
    messengers.age(conversation, days=8)
    assert "outside_window" in messengers.append(conversation, said)[1]


def test_blocked_bot_is_told_to_staff(messengers, telegram):
    before = messengers.conversations("telegram")
    telegram.deliver(telegram.written("13", "hello"))
    telegram.wait("a meeting", lambda: bool(messengers.conversations("telegram") - before))
    (conversation,) = messengers.conversations("telegram") - before
    time.sleep(1)
    said = {"event": "bot", "text": "hello", "metadata": {"from": "staff"}}
    status, message = messengers.append(conversation, said)
    assert status == 500 and "Error: refused" in message
