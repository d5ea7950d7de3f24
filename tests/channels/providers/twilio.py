"""Twilio's Messages API and its webhooks, for text messages and WhatsApp."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import urllib.parse
from typing import Any

from tests.channels.providers.standin import PUBLIC, Asked, Reply, Shown, StandIn

ACCOUNT = "AC0123456789abcdef0123456789abcdef"
TOKEN = "0123456789abcdef0123456789abcdef"
PATH = "/webhooks/twilio/webhook"
OURS = "+12125550148"
LINE = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


def signature(address: str, fields: dict[str, str], token: str = TOKEN) -> str:
    """As Twilio's documentation says: the address, then each field by name, HMAC-SHA1."""
    words = address + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(
        hmac.new(token.encode(), words.encode(), hashlib.sha1).digest()
    ).decode()


class Twilio(StandIn):
    name = "twilio"
    prefix = ""

    @property
    def env(self) -> dict[str, str]:
        return {
            "FRONTDESK_TWILIO_ACCOUNT": ACCOUNT,
            "FRONTDESK_TWILIO_TOKEN": TOKEN,
            "FRONTDESK_TWILIO_API": self.address,
        }

    def no(self, status: int, code: int, why: str) -> Reply:
        return self.refuse(why, Reply(status, {"code": code, "message": why, "status": status}))

    def answer(self, asked: Asked) -> Reply:
        known = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
        if asked.headers.get("authorization") != f"Basic {known}":
            return self.no(401, 20003, "Authenticate")
        if asked.method == "GET":
            return Reply(200, {"sid": ACCOUNT, "status": "active"})
        if asked.path != f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json":
            return self.no(404, 20404, "not found")
        form = asked.form
        to, text = form.get("To", ""), form.get("Body", "")
        if form.get("From", "").removeprefix("whatsapp:") != OURS:
            return self.no(400, 21606, "the From number is not yours")
        if to.startswith("whatsapp:") != form["From"].startswith("whatsapp:"):
            return self.no(400, 63007, "no channel for that From")
        if not text.strip():
            return self.no(400, 21602, "Message body is required")
        if len(text) > 1600:
            return self.no(400, 21617, "The concatenated message body exceeds 1600 characters")
        if to.endswith("13"):
            return self.no(400, 21610, "Attempt to send to unsubscribed recipient")
        person = to.removeprefix("whatsapp:").removeprefix("+")
        buttons = {title: number for number, title in LINE.findall(text)}
        message = self.show(person, text, text, buttons)
        return Reply(201, {"sid": f"SM{int(message):032x}", "status": "queued"})

    def signed(self, body: bytes) -> dict[str, str]:
        fields = dict(urllib.parse.parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
        return {
            "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
            "X-Twilio-Signature": signature(PUBLIC + PATH, fields),
        }

    def written(self, person: str, text: str, **more: Any) -> bytes:
        message = f"SM{next(self.numbers):032x}"
        fields = {
            "MessageSid": message,
            "SmsMessageSid": message,
            "SmsSid": message,
            "SmsStatus": "received",
            "AccountSid": ACCOUNT,
            "From": f"{self.prefix}+{person}",
            "To": f"{self.prefix}{OURS}",
            "Body": text,
            "NumMedia": "0",
            "NumSegments": "1",
            "FromCountry": "US",
            "ApiVersion": "2010-04-01",
        }
        return urllib.parse.urlencode(fields | more).encode()

    def pressed(self, person: str, message: Shown, title: str) -> bytes:
        return self.written(person, message.buttons[title])

    def busy(self, seconds: int) -> list[Reply]:
        told = {"code": 20429, "message": "Too Many Requests", "status": 429}
        return [Reply(429, told, {"Retry-After": str(seconds)})]


class TwilioWhatsApp(Twilio):
    """The same account, people who write by WhatsApp."""

    prefix = "whatsapp:"
