"""What shows, for each channel, whether its token and signature work, without a word to anyone."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import BasicAuth
from slack_sdk.signature import SignatureVerifier
from twilio.request_validator import RequestValidator

from frontdesk import settings
from frontdesk.channels import credentials, messenger, meta, slack, telegram, twilio, whatsapp

Keys = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Probe:
    """A request that the provider answers to a good token only, and a delivery that says nothing.

    ``unknown`` is what nothing here can find out, in a sentence.
    """

    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    signed: dict[str, str]
    unknown: str = ""
    asked: dict[str, str] = field(default_factory=dict)


def path(name: str) -> str:
    """Where a channel's provider delivers."""
    return f"/webhooks/{name}/webhook"


def of_telegram(keys: Keys) -> Probe:
    """The bot's own name; an update without anything in it."""
    api = credentials.api("FRONTDESK_TELEGRAM_API", telegram.API)
    body = json.dumps({"update_id": 0}).encode()
    signed = {"Content-Type": "application/json", telegram.HEADER: keys[telegram.SECRET]}
    return Probe("GET", f"{api}/bot{keys[telegram.TOKEN]}/getMe", {}, body, signed)


def of_twilio(keys: Keys) -> Probe:
    """The account; a report that somebody wants no more messages, which we leave to Twilio."""
    api = credentials.api("FRONTDESK_TWILIO_API", twilio.API)
    account, token = keys[twilio.ACCOUNT], keys[twilio.TOKEN]
    fields = {"MessageSid": "SM0", "From": "+10", "To": "+10", "Body": "", "OptOutType": "STOP"}
    address = f"{settings.assistant_url()}{path('twilio')}"
    signed = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": RequestValidator(token).compute_signature(address, fields),
    }
    return Probe(
        "GET",
        f"{api}/2010-04-01/Accounts/{account}.json",
        {"Authorization": BasicAuth(account, token).encode()},
        urlencode(fields).encode(),
        signed,
        "whether the number's webhook in Twilio's console is the address above, by POST",
    )


def _of_meta(keys: Keys, url: str, names: tuple[str, str, str], what: str, unknown: str) -> Probe:
    token, secret, verify = (keys[name] for name in names)
    body = json.dumps({"object": what, "entry": []}).encode()
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    signed = {"Content-Type": "application/json", meta.HEADER: f"sha256={digest}"}
    asked = {"hub.mode": "subscribe", "hub.verify_token": verify, "hub.challenge": "1234"}
    headers = {"Authorization": f"Bearer {token}"}
    return Probe("GET", url, headers, body, signed, unknown, asked)


def of_whatsapp(keys: Keys) -> Probe:
    """The number; a delivery without messages."""
    api = credentials.api("FRONTDESK_WHATSAPP_API", meta.GRAPH)
    names = (whatsapp.TOKEN, whatsapp.SECRET, whatsapp.VERIFY)
    unknown = "whether the app is subscribed to the field 'messages' of the account"
    url = f"{api}/{keys[whatsapp.NUMBER]}"
    return _of_meta(keys, url, names, "whatsapp_business_account", unknown)


def of_messenger(keys: Keys) -> Probe:
    """The page; a delivery without messages."""
    api = credentials.api("FRONTDESK_MESSENGER_API", meta.GRAPH)
    names = (messenger.TOKEN, messenger.SECRET, messenger.VERIFY)
    unknown = "whether the page is subscribed to 'messages' and 'messaging_postbacks'"
    return _of_meta(keys, f"{api}/me", names, "page", unknown)


def of_slack(keys: Keys) -> Probe:
    """The app's own name; Slack's look at a new address."""
    api = credentials.api("FRONTDESK_SLACK_API", slack.API)
    body = json.dumps({"type": "url_verification", "challenge": "1234"}).encode()
    now = str(int(time.time()))
    signature = SignatureVerifier(keys[slack.SECRET]).generate_signature(timestamp=now, body=body)
    signed = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": str(signature),
    }
    headers = {"Authorization": f"Bearer {keys[slack.TOKEN]}"}
    unknown = "whether the app's event subscriptions and interactivity name the address above"
    return Probe("POST", f"{api}/auth.test", headers, body, signed, unknown)


PROBES: dict[str, tuple[Any, Any]] = {
    "telegram": (telegram.TelegramInput, of_telegram),
    "twilio": (twilio.TwilioInput, of_twilio),
    "whatsapp": (whatsapp.WhatsAppInput, of_whatsapp),
    "messenger": (messenger.MessengerInput, of_messenger),
    "slack": (slack.SlackInput, of_slack),
}
