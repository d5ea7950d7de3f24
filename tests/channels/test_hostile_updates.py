"""Two thousand strange but signed deliveries to each channel: taken, and nothing goes wrong."""

from __future__ import annotations

import copy
import json
import urllib.parse

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.channels.messenger import MessengerInput
from frontdesk.channels.slack import SlackInput
from frontdesk.channels.telegram import TelegramInput
from frontdesk.channels.twilio import TwilioInput
from frontdesk.channels.whatsapp import WhatsAppInput
from tests.channels.door import Door
from tests.channels.providers.messenger import Messenger
from tests.channels.providers.slack import Slack
from tests.channels.providers.standin import PUBLIC, Shown
from tests.channels.providers.telegram import Telegram
from tests.channels.providers.twilio import Twilio
from tests.channels.providers.whatsapp import WhatsApp

EXAMPLES = 2000
PAIRS = [
    (Telegram, TelegramInput),
    (Twilio, TwilioInput),
    (WhatsApp, WhatsAppInput),
    (Messenger, MessengerInput),
    (Slack, SlackInput),
]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**30, -1, 0, 1e300, float("inf"), "\ud800", "\x00", "", "x" * 5000, [[]]]),
    st.text(max_size=20),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.none(), max_size=2),
)
ANY = st.recursive(
    ODD,
    lambda some: (
        st.lists(some, max_size=3)
        | st.dictionaries(
            st.sampled_from(["message", "entry", "event", "from", "text", "id", "type", "changes"]),
            some,
        )
    ),
    max_leaves=8,
)


def places(value, path=()):
    """Every place in a message."""
    yield path
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, one in inside:
        yield from places(one, (*path, key))


@st.composite
def altered(draw, examples):
    """A genuine message in which some things are missing, doubled or something else."""
    told = copy.deepcopy(draw(st.sampled_from(examples)))
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from([path for path in places(told) if path] or [()]))
        if not path:
            return copy.deepcopy(draw(ANY))
        parent = told
        for step in path[:-1]:
            parent = parent[step]
        what = draw(st.sampled_from(["gone", "odd", "listed", "any"]))
        if what == "gone":
            del parent[path[-1]]
        elif what == "listed":
            parent[path[-1]] = [parent[path[-1]]]
        else:
            # a copy: what is drawn may be changed by the next round
            parent[path[-1]] = copy.deepcopy(draw(ODD if what == "odd" else ANY))
    return told


def genuine(provider):
    """Messages of every kind, as the provider delivers them."""
    shown = Shown("Where?", "Where?", "77", {"Neck": "aButton"})
    bodies = [provider.written("15550100", "hello")]
    if provider.name != "twilio":
        bodies.append(provider.pressed("15550100", shown, "Neck"))
    if provider.name == "slack":
        payload = urllib.parse.parse_qs(bodies.pop().decode())["payload"][0]
        return [json.loads(bodies[0]), {"payload": json.loads(payload)}]
    if provider.name == "twilio":
        return [dict(urllib.parse.parse_qsl(bodies[0].decode(), keep_blank_values=True))]
    if provider.name == "telegram":
        bodies.append(provider.update(edited_message=provider.message("15550100", text="x")))
        photo = provider.message("15550100", photo=[{"file_id": "x"}], caption="y")
        bodies.append(provider.update(message=photo))
    return [json.loads(body) for body in bodies]


def body_of(provider, told):
    """As bytes, in the provider's own form."""
    if provider.name == "twilio":
        fields = told.items() if isinstance(told, dict) else [("Body", told)]
        return urllib.parse.urlencode(
            {str(name): str(value) for name, value in fields}, errors="replace"
        ).encode()
    if provider.name == "slack" and isinstance(told, dict) and "payload" in told:
        return urllib.parse.urlencode({"payload": json.dumps(told["payload"])}).encode()
    return json.dumps(told).encode()


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """All five channels, with nothing behind them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRONTDESK_ASSISTANT_URL", PUBLIC)
        patch.setenv("FRONTDESK_LOCAL", str(tmp_path_factory.mktemp("door")))
        patch.setenv("FRONTDESK_CHANNEL_PACE", "1000000 per second")
        patch.setenv("FRONTDESK_SENDER_PACE", "3 per hour")
        patch.delenv("FRONTDESK_DATABASE_URL", raising=False)
        providers = [kind() for kind, _ in PAIRS]
        for name, value in {k: v for one in providers for k, v in one.env.items()}.items():
            patch.setenv(name, value)
        opened = Door([channel.from_credentials(None) for _, channel in PAIRS])
        opened.providers = {one.name: one for one in providers}
        yield opened
        opened.close()
        for one in providers:
            one.close()


@pytest.fixture(params=[kind.name for kind, _ in PAIRS])
def front(request, door):
    return door, door.providers[request.param]


def test_strange_deliveries_are_taken(front):
    door, provider = front
    tried = 0

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.one_of(altered(genuine(provider)), altered(genuine(provider)), ANY))
    def deliver(told):
        nonlocal tried
        tried += 1
        body = body_of(provider, told)
        assert door.post(provider.name, body, provider.signed(body)) == 200

    deliver()
    assert tried >= EXAMPLES


@pytest.mark.parametrize(
    "body",
    [b"", b"\xff\xfe", b"[" * 100_000, b"9" * 10_000, b"null", b"payload=%FF", b"payload", b"=&=&"],
    ids=["empty", "no text", "deep", "long number", "null", "bad form", "no value", "no names"],
)
def test_bodies_that_are_none(front, body):
    door, provider = front
    assert door.post(provider.name, body, provider.signed(body)) in (200, 403)
