"""WhatsApp: Meta's Cloud API, with its buttons, lists and 24-hour window."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from sanic.request import Request
from sanic.response import HTTPResponse

from frontdesk import settings
from frontdesk.channels import credentials, meta
from frontdesk.channels.delivery import OUTSIDE_WINDOW, Undeliverable
from frontdesk.channels.heard import Heard, Kind, decoded, dig, each, word
from frontdesk.channels.mailbox import Piece
from frontdesk.channels.markup import WHATSAPP, parse
from frontdesk.channels.messaging import MessagingInput
from frontdesk.channels.numbered import lines, short
from frontdesk.channels.offers import Offer
from frontdesk.channels.people import Person
from frontdesk.channels.pieces import cut
from frontdesk.channels.reply import Reply
from frontdesk.channels.window import is_open
from frontdesk.domain.errors import SettingError

TOKEN, SECRET = "FRONTDESK_WHATSAPP_TOKEN", "FRONTDESK_WHATSAPP_SECRET"
VERIFY, NUMBER = "FRONTDESK_WHATSAPP_VERIFY", "FRONTDESK_WHATSAPP_NUMBER"
TEMPLATE = "FRONTDESK_WHATSAPP_TEMPLATE"
NAMED = re.compile(r"(?P<name>[a-z0-9_]{1,512})(?:/(?P<language>[a-z]{2,3}(?:_[A-Z]{2})?))?")
# limits of the Cloud API, in signs
LONGEST, LONGEST_ASKING, LONGEST_FILLED = 4096, 1024, 900
MOST_BUTTONS, LONGEST_BUTTON = 3, 20
MOST_ROWS, LONGEST_ROW, LONGEST_MORE = 10, 24, 72
# what is somebody's message and is no text
ATTACHED = (
    *("audio", "contacts", "document", "image", "location", "order", "sticker", "video"),
    "unsupported",
)


class WhatsAppInput(MessagingInput):
    """One business number."""

    NAME: ClassVar[str] = "whatsapp"
    NEEDS: ClassVar[tuple[str, ...]] = (TOKEN, SECRET, VERIFY, NUMBER)
    HAS_NUMBERS: ClassVar[bool] = True
    METHODS: ClassVar[tuple[str, ...]] = ("POST", "GET")

    def set_up(self) -> None:
        """Find the API and the template.

        Raises:
            SettingError: the template's name cannot be one.
        """
        self._api = credentials.api("FRONTDESK_WHATSAPP_API", meta.GRAPH)
        given = settings.text(TEMPLATE, "")
        self._template = NAMED.fullmatch(given)
        if given and not self._template:
            raise SettingError(TEMPLATE, "must be a name, or name/language such as reply/en_US")

    def is_genuine(self, request: Request) -> bool:
        """Whether Meta signed it."""
        return meta.is_signed(request, self._keys[SECRET])

    def greet(self, request: Request) -> HTTPResponse | None:
        """Answer Meta's look at the webhook."""
        return meta.challenge(request, self._keys[VERIFY]) if request.method == "GET" else None

    def read(self, request: Request) -> list[Heard]:
        """All messages of a delivery to our number; reports of what was read are left out."""
        changes = [
            change
            for entry in each(decoded(request.body), "entry")
            for change in each(entry, "changes")
            if word(change, "value", "metadata", "phone_number_id") == self._keys[NUMBER]
        ]
        found = [_heard(one) for change in changes for one in each(change, "value", "messages")]
        return [heard for heard in found if heard]

    def compose(self, reply: Reply, offers: Sequence[Offer]) -> list[Piece]:
        """Messages; the last one asks with buttons, a list, or numbered lines, as they fit."""
        blocks = parse(reply.text)
        if not offers:
            return [_text(one) for one in cut(blocks, WHATSAPP, LONGEST)]
        texts = cut(blocks, WHATSAPP, LONGEST_ASKING)
        if len(offers) > MOST_ROWS or not texts:
            groups = [blocks, lines(offers)] if reply.is_urgent else [[*blocks, *lines(offers)]]
            return [_text(one) for group in groups for one in cut(group, WHATSAPP, LONGEST)]
        pieces = [_text(one) for one in texts[:-1]]
        is_short = max(len(offer.title) for offer in offers) <= LONGEST_BUTTON
        has_buttons = is_short and len(offers) <= MOST_BUTTONS
        asking = (
            _buttons(offers) if has_buttons else _list(offers, self.words("utter_channel_choose"))
        )
        body = {"type": "interactive", "interactive": {"body": {"text": texts[-1]}, **asking}}
        return [*pieces, {"body": body, "question": offers[0].question}]

    async def post(self, person: Person, piece: Piece) -> str:
        """Send one message, or the approved template when the person wrote too long ago."""
        body = piece["body"]
        if not is_open(person):
            body = self._filled(body)
        told = await meta.create(
            self._carrier,
            f"{self._api}/{self._keys[NUMBER]}/messages",
            self._keys[TOKEN],
            {"messaging_product": "whatsapp", "to": person.address["to"], **body},
        )
        return word(told, "messages", 0, "id")

    def _filled(self, body: dict[str, Any]) -> dict[str, Any]:
        """The template with our words in its one gap, which takes a single line."""
        if self._template is None:
            raise Undeliverable(OUTSIDE_WINDOW, "the person last wrote more than a day ago")
        words = dig(body, "text", "body") or dig(body, "interactive", "body", "text") or ""
        line = short(" ".join(words.split()), LONGEST_FILLED)
        gap = {"type": "body", "parameters": [{"type": "text", "text": line}]}
        language = {"code": self._template["language"] or "en_US"}
        template = {"name": self._template["name"], "language": language, "components": [gap]}
        return {"type": "template", "template": template}


def _text(words: str) -> Piece:
    return {"body": {"type": "text", "text": {"body": words, "preview_url": False}}}


def _buttons(offers: Sequence[Offer]) -> dict[str, Any]:
    buttons = [{"type": "reply", "reply": {"id": one.id, "title": one.title}} for one in offers]
    return {"type": "button", "action": {"buttons": buttons}}


def _list(offers: Sequence[Offer], label: str) -> dict[str, Any]:
    """A list; what does not fit into a row's title stands whole below it."""
    rows = []
    for offer in offers:
        row = {"id": offer.id, "title": short(offer.title, LONGEST_ROW)}
        if row["title"] != offer.title:
            row["description"] = short(offer.title, LONGEST_MORE)
        rows.append(row)
    return {"type": "list", "action": {"button": label, "sections": [{"rows": rows}]}}


def _heard(message: Any) -> Heard | None:
    sender, delivery, kind = word(message, "from"), word(message, "id"), word(message, "type")
    if not (sender and delivery):
        return None
    address = {"to": sender}
    pressed = dig(message, "interactive", "button_reply") or dig(
        message, "interactive", "list_reply"
    )
    if kind == "interactive" and pressed:
        button = word(pressed, "id")
        return Heard(delivery, sender, address, button=button) if button else None
    text = word(message, "text", "body") if kind == "text" else word(message, kind, "caption")
    if kind == "button":  # the quick reply of a template
        text = word(message, "button", "text")
    if text:
        return Heard(delivery, sender, address, text=text, has_attachment=kind in ATTACHED)
    is_meant = kind in ATTACHED or kind == "text"
    return Heard(delivery, sender, address, Kind.NOT_TEXT) if is_meant else None
