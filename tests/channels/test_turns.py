"""What is said in a turn is gathered; what is said later, such as a reminder, is sent at once."""

from __future__ import annotations

import asyncio

from frontdesk.channels.reply import Reply
from frontdesk.channels.turns import TurnOutput

CARD = {
    "kind": "emergency",
    "title": "Call 911 now",
    "lines": ["Do not drive."],
    "actions": [{"title": "Call 911", "url": "tel:911"}],
}


def test_reminder_after_the_turn_is_delivered():
    late = []

    async def deliver(conversation, message):
        late.append((conversation, message["text"]))

    async def talk():
        output = TurnOutput("telegram", deliver)
        await output.send_response("telegram-1", {"text": "now"})
        output.is_over = True
        await output.send_response("telegram-1", {"text": "later"})
        return output

    output = asyncio.run(talk())
    assert output.name() == "telegram"
    assert [one["text"] for one in output.said] == ["now"]
    assert late == [("telegram-1", "later")]


def test_card_becomes_the_first_lines():
    message = {"text": "Get help.", "buttons": [{"title": "Yes", "payload": "/affirm"}]}
    reply = Reply.of(message | {"metadata": {"card": CARD}})
    lines = "**Call 911 now**\n\nDo not drive.\n\n[Call 911](tel:911)\n\nGet help."
    assert (reply.text, reply.buttons, reply.is_urgent) == (lines, (("Yes", "/affirm"),), True)


def test_staff_are_known_by_what_rasa_puts_beside_the_text():
    assert Reply.of({"text": "x", "from": "staff"}).is_from_staff
    assert not Reply.of({"text": "x", "from": "visitor"}).is_from_staff
    assert Reply.of({}).text == ""
