"""`make channel-check` finds what is wrong with a channel, and owns up to what it cannot see."""

from __future__ import annotations

import subprocess
import sys

import pytest

from frontdesk import settings


def check(messengers, *given, **env):
    command = [sys.executable, "-m", "frontdesk.commands.channel_check", *given]
    done = subprocess.run(
        command, cwd=settings.ROOT, env=messengers.stack.env | env, capture_output=True, text=True
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["whatsapp", "messenger", "slack"])
def test_good_channel(messengers, name):
    code, told = check(messengers, name, FRONTDESK_ASSISTANT_URL="")
    assert code == 0, told
    assert "takes our token" in told and "a signed delivery is taken" in told
    assert "an unsigned one is not" in told
    assert "unknown  the public address" in told
    if name != "slack":
        assert "Meta's look at the address is answered" in told


def test_wrong_token_and_wrong_secret(messengers):
    code, told = check(
        messengers,
        "slack",
        FRONTDESK_ASSISTANT_URL="",
        FRONTDESK_SLACK_TOKEN="xoxb-other",
        FRONTDESK_SLACK_SECRET="other",
    )
    assert code == 1
    assert "FAILED   the provider refuses our token" in told
    assert "answered 403, not 200" in told
    assert "xoxb-other" not in told


def test_telegram_webhook_is_registered_and_found(messengers):
    telegram = messengers.providers["telegram"]
    telegram.registered = {}
    public = "https://127.0.0.1:9"  # nobody is there
    code, told = check(messengers, "telegram", FRONTDESK_ASSISTANT_URL=public)
    assert code == 1 and "delivers to nobody" in told
    code, told = check(messengers, "telegram", "--register", FRONTDESK_ASSISTANT_URL=public)
    assert code == 0, told
    assert "Telegram delivers there" in told and "cannot be reached from here" in told
    assert telegram.registered["url"] == f"{public}/webhooks/telegram/webhook"
    assert telegram.registered["secret_token"] == telegram.env["FRONTDESK_TELEGRAM_SECRET"]
    assert telegram.registered["secret_token"] not in told


def test_twilio_says_what_it_cannot_see(messengers):
    code, told = check(messengers, "twilio", FRONTDESK_ASSISTANT_URL="https://127.0.0.1:9")
    assert code == 0, told
    assert "takes our token" in told
    assert "unknown  a signed delivery is taken" in told and "Twilio's console" in told


def test_missing_setting_and_off(messengers):
    code, told = check(messengers, "slack", FRONTDESK_SLACK_SECRET="")
    assert code == 1 and "FRONTDESK_SLACK_SECRET" in told
    code, told = check(messengers, "slack", FRONTDESK_SLACK_SECRET="", FRONTDESK_SLACK_TOKEN="")
    assert code == 0 and "off" in told
