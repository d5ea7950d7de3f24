"""Text messages and WhatsApp through Twilio: its form posts, its signature, its limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar
from urllib.parse import parse_qsl, quote, urlsplit

from aiohttp import BasicAuth
from sanic.request import Request
from sanic.response import HTTPResponse, text
from twilio.request_validator import RequestValidator, add_port, remove_port

from frontdesk import settings
from frontdesk.channels import credentials
from frontdesk.channels.delivery import OUTSIDE_WINDOW, REFUSED, TryLater, Undeliverable
from frontdesk.channels.genuine import is_same
from frontdesk.channels.heard import Heard, Kind, word
from frontdesk.channels.mailbox import Piece
from frontdesk.channels.markup import PLAIN, WHATSAPP, parse
from frontdesk.channels.messaging import MessagingInput
from frontdesk.channels.numbered import lines
from frontdesk.channels.offers import Offer
from frontdesk.channels.people import Person
from frontdesk.channels.pieces import cut
from frontdesk.channels.reply import Reply
from frontdesk.channels.window import is_open
from frontdesk.domain.errors import SettingError

ACCOUNT, TOKEN = "FRONTDESK_TWILIO_ACCOUNT", "FRONTDESK_TWILIO_TOKEN"
API = "https://api.twilio.com"
LONGEST = 1600  # of one message, says Twilio, which cuts it into what telephones take
BY_WHATSAPP = "whatsapp:"
WINDOW_CLOSED = ("63016", "63051")
TOO_FAST = ("14107", "20429", "63018", "63038")


class TwilioInput(MessagingInput):
    """Numbers of one Twilio account; an answer comes from the number that was written to."""

    NAME: ClassVar[str] = "twilio"
    NEEDS: ClassVar[tuple[str, ...]] = (ACCOUNT, TOKEN)
    HAS_NUMBERS: ClassVar[bool] = True

    def set_up(self) -> None:
        """Find the API, and the address that Twilio signs.

        Raises:
            SettingError: the address is not set.
        """
        self._api = credentials.api("FRONTDESK_TWILIO_API", API)
        self._address = settings.assistant_url()
        if not self._address:
            problem = "is missing; Twilio signs the https address it was given for us"
            raise SettingError("FRONTDESK_ASSISTANT_URL", problem)
        self._validator = RequestValidator(self._keys[TOKEN])

    def is_genuine(self, request: Request) -> bool:
        """Whether the signature is Twilio's, over our public address and this very form."""
        given = request.headers.get("x-twilio-signature", "")
        query = f"?{request.query_string}" if request.query_string else ""
        address = urlsplit(f"{self._address}{request.path}{query}")
        form = _form(request)
        # Twilio signs now with the port, now without
        signatures = [
            self._validator.compute_signature(one(address), form) for one in (remove_port, add_port)
        ]
        found = [is_same(given, signature) for signature in signatures]
        return any(found)

    def read(self, request: Request) -> list[Heard]:
        """The message of a post; what Twilio answers itself (STOP, HELP) is left to it."""
        form = _form(request)
        sender, number = form.get("From", ""), form.get("To", "")
        message = form.get("MessageSid") or form.get("SmsSid", "")
        is_answered = (
            bool(form.get("OptOutType")) or form.get("SmsStatus", "received") != "received"
        )
        if not (sender and number and message) or is_answered:
            return []
        said = form.get("Body", "")
        is_attached = form.get("NumMedia", "0") not in ("", "0") or "Latitude" in form
        kind = Kind.TEXT if said.strip() else Kind.NOT_TEXT
        address = {"to": sender, "from": number}
        return [Heard(message, sender, address, kind, said, has_attachment=is_attached)]

    def compose(self, reply: Reply, offers: Sequence[Offer]) -> list[Piece]:
        """Plain messages; choices are numbered lines, in a message of their own when urgent."""
        blocks, choices = parse(reply.text), lines(offers)
        groups = [blocks, choices] if reply.is_urgent else [[*blocks, *choices]]
        pieces: list[Piece] = []
        for group in groups:
            plain, starred = cut(group, PLAIN, LONGEST), cut(group, WHATSAPP, LONGEST)
            longest = max(len(plain), len(starred))
            plain += [""] * (longest - len(plain))
            starred += [""] * (longest - len(starred))
            pieces += [
                {"sms": one, "whatsapp": two} for one, two in zip(plain, starred, strict=True)
            ]
        return pieces

    async def post(self, person: Person, piece: Piece) -> str:
        """Create one message; on WhatsApp only within a day of the person's last."""
        is_whatsapp = person.address["to"].startswith(BY_WHATSAPP)
        if is_whatsapp and not is_open(person):
            raise Undeliverable(OUTSIDE_WINDOW, "the person last wrote more than a day ago")
        words = piece["whatsapp" if is_whatsapp else "sms"]
        if not words:
            return ""
        account = self._keys[ACCOUNT]
        told = await self._carrier.call(
            f"{self._api}/2010-04-01/Accounts/{quote(account)}/Messages.json",
            data={"To": person.address["to"], "From": person.address["from"], "Body": words},
            headers={"Authorization": BasicAuth(account, self._keys[TOKEN]).encode()},
        )
        code = word(told.body, "code")
        if told.status == 429 or code in TOO_FAST:
            raise TryLater(told.retry_after)
        if told.status not in (200, 201):
            kind = OUTSIDE_WINDOW if code in WINDOW_CLOSED else REFUSED
            raise Undeliverable(kind, f"Twilio answered {told.status}, code {code or 'none'}")
        return word(told.body, "sid")

    def taken(self) -> HTTPResponse:
        """No answer in the same breath: it follows through the API."""
        return text("<Response/>", content_type="text/xml")


def _form(request: Request) -> dict[str, str]:
    """The fields of the body; one given twice counts as its last, which no signature covers."""
    try:
        body = request.body.decode()
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=200))
    except ValueError:
        return {}
