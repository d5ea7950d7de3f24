"""Forged, altered, stale and repeated deliveries: refused or taken once, and no turn is made."""

from __future__ import annotations

import http.client
import json
import time
import urllib.parse

import pytest

from tests.channels.providers import meta, slack, telegram, twilio
from tests.channels.providers.standin import PUBLIC

WORDS = "where are you?"


def twilio_fields(body):
    return dict(urllib.parse.parse_qsl(body.decode(), keep_blank_values=True))


def attacks(provider, body, other):
    """The headers of forged deliveries of a body, by what is wrong with them."""
    good = provider.signed(body)
    kind = {"Content-Type": good["Content-Type"]}
    yield "no signature", kind
    if provider.name == "telegram":
        header = "X-Telegram-Bot-Api-Secret-Token"
        yield "wrong secret", kind | {header: "another-secret-entirely"}
        yield "half of it", kind | {header: telegram.SECRET[:-1]}
        yield "empty", kind | {header: ""}
        yield "odd signs", kind | {header: "gehe\u00efm"}
    elif provider.name == "twilio":
        fields, header = twilio_fields(body), "X-Twilio-Signature"
        address = PUBLIC + twilio.PATH
        yield "wrong signature", kind | {header: "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}
        yield "odd signs", kind | {header: "\u00e9"}
        yield "of another body", kind | {header: provider.signed(other)[header]}
        yield "wrong token", kind | {header: twilio.signature(address, fields, "another")}
        for name, host in (
            ("wrong host", "https://evil.example.org"),
            ("plain http", "http://chat.example.org"),
            ("the host that was asked", provider.webhook.removesuffix(twilio.PATH)),
        ):
            yield name, kind | {header: twilio.signature(host + twilio.PATH, fields)}
        yield "wrong path", kind | {header: twilio.signature(PUBLIC + "/", fields)}
    elif provider.name in ("whatsapp", "messenger"):
        header = "X-Hub-Signature-256"
        yield "wrong signature", kind | {header: "sha256=" + "0" * 64}
        yield "of another body", kind | {header: meta.signature(other)}
        yield "wrong secret", kind | {header: meta.signature(body, "another")}
        for name in ("sha1", "md5", "sha512"):
            yield f"by {name}", kind | {header: meta.signature(body, name=name)}
        yield "unknown hash", kind | {header: "sha257=" + "0" * 64}
        yield "older header", kind | {"X-Hub-Signature": meta.signature(body, name="sha1")}
        yield "no hash named", kind | {header: meta.signature(body).partition("=")[2]}
        yield "odd signs", kind | {header: "sha256=\u00e9"}
    else:
        now = str(int(time.time()))
        stamp, header = "X-Slack-Request-Timestamp", "X-Slack-Signature"
        yield "wrong signature", good | {header: "v0=" + "0" * 64}
        yield "of another body", good | {header: slack.signature(other, now), stamp: now}
        yield "wrong secret", good | {header: slack.signature(body, now, "another"), stamp: now}
        for name, at in (
            ("stale", str(int(time.time()) - 301)),
            ("from tomorrow", str(int(time.time()) + 400)),
            ("no time", ""),
            ("no number", "now"),
        ):
            yield name, good | {header: slack.signature(body, at), stamp: at}
        yield "other time", good | {stamp: str(int(now) - 5), header: slack.signature(body, now)}
        yield "no time header", kind | {header: good[header]}
        yield "odd signs", good | {header: "v0=\u00e9"}


def test_forged_deliveries_are_refused_and_nothing_is_read(messengers, provider, person):
    body, other = provider.written(person, WORDS), provider.written(person, "hello")
    before = messengers.rows("SELECT count(*) FROM channel_inbound")
    tried = 0
    for what, headers in attacks(provider, body, other):
        assert provider.post(body, headers).status == 403, what
        tried += 1
    assert tried >= 5
    # the good signature, but something else inside
    altered = body.replace(person.encode(), str(int(person) + 1).encode())
    assert altered != body
    if provider.name != "telegram":  # whose secret is no signature
        assert provider.post(altered, provider.signed(body)).status == 403
    time.sleep(0.3)
    assert messengers.rows("SELECT count(*) FROM channel_inbound") == before
    assert not provider.messages[person]
    told = (messengers.stack.folder / "assistant.log").read_text(errors="replace")
    assert "channel.refused" in told and person not in told


def test_replayed_delivery_gives_no_second_turn(messengers, provider, person):
    body = provider.written(person, WORDS)
    provider.deliver(body)
    provider.hear(person, "Quayside")
    said = len(provider.messages[person])
    assert provider.post(body, provider.signed(body)).status == 200
    time.sleep(1.5)
    assert len(provider.messages[person]) == said


def test_replayed_press_gives_no_second_turn(messengers, provider, person):
    provider.ask(person, "which massage is best for my lower back?", "brought it on")
    message = next(m for m in reversed(provider.messages[person]) if m.buttons)
    title = "Stress"
    body = provider.pressed(person, message, title)
    provider.deliver(body)
    provider.hear(person, "how firm")
    said = len(provider.messages[person])
    assert provider.deliver(body) == 200
    time.sleep(1.2)
    assert len(provider.messages[person]) == said


def test_button_of_another_conversation_means_nothing(messengers, provider, person):
    provider.ask(person, "which massage is best for my lower back?", "brought it on")
    message = next(m for m in reversed(provider.messages[person]) if m.buttons)
    stranger = str(int(person) + 500_000)
    provider.deliver(provider.pressed(stranger, message, "Stress"))
    provider.wait("an answer", lambda: bool(provider.messages[stranger]))
    time.sleep(0.5)
    assert not any("how firm" in m.text for m in provider.messages[stranger])


@pytest.mark.parametrize("name", ["whatsapp", "messenger"])
def test_challenge_is_answered_only_to_who_knows_the_word(messengers, name):
    url = urllib.parse.urlsplit(messengers.providers[name].webhook)

    def look(**asked):
        query = urllib.parse.urlencode({f"hub.{key}": value for key, value in asked.items()})
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=10)
        connection.request("GET", f"{url.path}?{query}")
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers["Content-Type"]

    status, told, kind = look(mode="subscribe", verify_token=meta.VERIFY, challenge="1158201444")
    assert (status, told) == (200, b"1158201444") and kind.startswith("text/plain")
    assert look(mode="subscribe", verify_token="guess", challenge="1")[0] == 403
    assert look(mode="other", verify_token=meta.VERIFY, challenge="1")[0] == 403
    assert look()[0] == 403
    script = "<script>alert(1)</script>"
    assert look(mode="subscribe", verify_token=meta.VERIFY, challenge=script)[0] == 403


def test_slack_looks_at_the_address(messengers):
    provider = messengers.providers["slack"]
    body = json.dumps({"type": "url_verification", "token": "x", "challenge": "3eZbrw1a"}).encode()
    url = urllib.parse.urlsplit(provider.webhook)
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=10)
    connection.request("POST", url.path, body, provider.signed(body))
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (200, b"3eZbrw1a")
    assert provider.post(body, {"Content-Type": "application/json"}).status == 403


def test_too_large_is_refused_before_it_is_read(messengers, provider, person):
    body = provider.written(person, "x" * 300_000)
    assert provider.post(body, provider.signed(body)).status == 413
