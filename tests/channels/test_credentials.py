"""A channel is on with all of its secrets, off without any, and stops the start with some."""

from __future__ import annotations

import asyncio
import subprocess
import sys

import pytest
from sanic import Blueprint

from frontdesk import settings
from frontdesk.channels import credentials
from frontdesk.channels.delivery import Undeliverable
from frontdesk.channels.messenger import MessengerInput
from frontdesk.channels.slack import SlackInput
from frontdesk.channels.telegram import TelegramInput
from frontdesk.channels.twilio import TwilioInput
from frontdesk.channels.whatsapp import WhatsAppInput
from frontdesk.domain.errors import SettingError

CHANNELS = [TelegramInput, TwilioInput, WhatsAppInput, MessengerInput, SlackInput]
VALUE = "a-value-of-32-letters-and-digits-0"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch, tmp_path):
    for channel in CHANNELS:
        for name in channel.NEEDS:
            monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("FRONTDESK_ASSISTANT_URL", raising=False)
    monkeypatch.setenv("FRONTDESK_LOCAL", str(tmp_path))


async def _said(channel):
    await channel.get_output_channel().send_response("x", {"text": "hello"})


@pytest.mark.parametrize("channel", CHANNELS)
def test_off_without_any(channel):
    off = channel.from_credentials(None)
    routes = off.blueprint(None)
    assert isinstance(routes, Blueprint) and not routes._future_routes
    with pytest.raises(Undeliverable, match=r"^refused"):
        asyncio.run(_said(off))


@pytest.mark.parametrize(
    "channel, missing", [(one, name) for one in CHANNELS for name in one.NEEDS]
)
def test_each_missing_secret_is_named(channel, missing, monkeypatch):
    monkeypatch.setenv("FRONTDESK_ASSISTANT_URL", "https://chat.example.org")
    for name in channel.NEEDS:
        monkeypatch.setenv(name, "" if name == missing else VALUE)
    with pytest.raises(SettingError, match=missing):
        channel.from_credentials(None)
    monkeypatch.setenv(missing, VALUE)
    assert channel.from_credentials(None).is_on


@pytest.mark.parametrize(
    "channel, name, value",
    [
        (TelegramInput, "FRONTDESK_TELEGRAM_SECRET", "short"),
        (TelegramInput, "FRONTDESK_TELEGRAM_SECRET", "sixteen.signs.but.dots"),
        (TelegramInput, "FRONTDESK_TELEGRAM_TOKEN", "two words"),
        (TelegramInput, "FRONTDESK_TELEGRAM_API", "http://api.telegram.org"),
        (TelegramInput, "FRONTDESK_TELEGRAM_API", "http://127.0.0.1.evil.example"),
        (TwilioInput, "FRONTDESK_ASSISTANT_URL", ""),
        (TwilioInput, "FRONTDESK_ASSISTANT_URL", "http://chat.example.org"),
        (WhatsAppInput, "FRONTDESK_WHATSAPP_TEMPLATE", "Reply to me"),
        (SlackInput, "FRONTDESK_SLACK_API", "ftp://slack.com"),
    ],
)
def test_bad_value_is_named(channel, name, value, monkeypatch):
    monkeypatch.setenv("FRONTDESK_ASSISTANT_URL", "https://chat.example.org")
    for needed in channel.NEEDS:
        monkeypatch.setenv(needed, VALUE)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingError, match=name):
        channel.from_credentials(None)


def test_no_value_is_ever_shown(monkeypatch):
    monkeypatch.setenv("FRONTDESK_TELEGRAM_TOKEN", "the secret itself")
    monkeypatch.setenv("FRONTDESK_TELEGRAM_SECRET", VALUE)
    with pytest.raises(SettingError) as refused:
        credentials.read(TelegramInput.NEEDS)
    assert "the secret itself" not in str(refused.value)


def test_start_is_refused_in_one_line(model, monkeypatch):
    monkeypatch.setenv("FRONTDESK_SLACK_TOKEN", "xoxb-1")
    command = [sys.executable, "-m", "frontdesk.commands.assistant"]
    done = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert "Cannot start: FRONTDESK_SLACK_SECRET: is missing" in done.stderr
    assert "Traceback" not in done.stderr
