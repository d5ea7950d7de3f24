"""Whatever is said, each provider takes it, and the person sees all words and all choices."""

from __future__ import annotations

import asyncio
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.channels.offers import Offer
from frontdesk.channels.people import Person
from frontdesk.channels.reply import Reply
from tests.channels.providers.standin import PUBLIC
from tests.channels.test_hostile_updates import PAIRS

WORDS = st.text(st.sampled_from("aB1 .,!?\n-*_~`<>&[]()|é🙂"), min_size=1, max_size=400)
PARTS = st.one_of(
    WORDS,
    st.just("**Swedish massage**"),
    st.just("- one\n- two"),
    st.just("[finish it here](https://example.org/book?a=1&b=2)"),
    st.just("call [(212) 555-0148](tel:+12125550148)"),
    st.just("A sentence of some length, which says next to nothing. " * 60),
)
TEXTS = (
    st.lists(PARTS, min_size=1, max_size=5)
    .map("\n\n".join)
    .filter(lambda text: any(sign.isalnum() for sign in text))
)
TITLES = st.lists(
    st.text(st.sampled_from("abcdef &<'"), min_size=1, max_size=60)
    .map(lambda title: " ".join(title.split()))
    .filter(bool),
    max_size=30,
    unique=True,
)


@pytest.fixture(params=PAIRS, ids=lambda pair: pair[0].name)
def side(request, tmp_path, monkeypatch):
    kind, channel = request.param
    provider = kind()
    monkeypatch.setenv("FRONTDESK_ASSISTANT_URL", PUBLIC)
    monkeypatch.setenv("FRONTDESK_LOCAL", str(tmp_path))
    monkeypatch.delenv("FRONTDESK_DATABASE_URL", raising=False)
    for name, value in provider.env.items():
        monkeypatch.setenv(name, value)
    opened = channel.from_credentials(None)
    monkeypatch.setattr(opened, "words", lambda reply: "Choose")
    loop = asyncio.new_event_loop()
    yield provider, opened, loop
    loop.run_until_complete(opened._carrier.close())
    loop.close()
    provider.close()


ADDRESS = {
    "telegram": {"chat": "77"},
    "twilio": {"to": "+77", "from": "+12125550148"},
    "whatsapp": {"to": "77"},
    "messenger": {"to": "77"},
    "slack": {"channel": "D77"},
}


def send(side, reply):
    """What the person sees of a reply."""
    provider, channel, loop = side
    provider.messages.clear()
    provider.refused.clear()
    offers = [
        Offer(f"offer-id-{number:03}", "question", number, title, "/x")
        for number, (title, _) in enumerate(reply.buttons, start=1)
    ]
    person = Person("conversation", ADDRESS[provider.name], time.time(), True)
    for piece in channel.compose(reply, offers):
        loop.run_until_complete(channel.post(person, piece))
    assert not provider.refused, (provider.refused, channel.compose(reply, offers))
    return provider.messages["77"]


@settings(max_examples=80, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(TEXTS, TITLES, st.booleans())
def test_all_is_taken_and_shown(side, text, titles, is_urgent):
    seen = send(side, Reply(text, tuple((title, "/x") for title in titles), is_urgent))
    assert seen
    told = "".join(message.raw for message in seen)
    assert all(told.count(sign) >= text.count(sign) for sign in "Bé🙂")
    offered = {title for message in seen for title in message.buttons}
    missing = [title for title in titles if title not in offered and f". {title}" not in told]
    assert not missing, offered


def test_emergency_stands_alone(side):
    buttons = (("Have someone from the clinic call me", "/x"), ("That's not what I meant", "/y"))
    seen = send(side, Reply("**Call 911 now**\n\n[Call 911](tel:911)\n\nNow.", buttons, True))
    assert "Have someone" not in seen[0].text and "Call 911" in seen[0].text
