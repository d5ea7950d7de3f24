"""Messenger: Meta's Send API for a page, with quick replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from sanic.request import Request
from sanic.response import HTTPResponse

from frontdesk.channels import credentials, meta
from frontdesk.channels.delivery import OUTSIDE_WINDOW, Undeliverable
from frontdesk.channels.heard import Heard, Kind, decoded, dig, each, word
from frontdesk.channels.mailbox import Piece
from frontdesk.channels.markup import PLAIN, parse
from frontdesk.channels.messaging import MessagingInput
from frontdesk.channels.numbered import lines, short
from frontdesk.channels.offers import Offer
from frontdesk.channels.people import Person
from frontdesk.channels.pieces import cut
from frontdesk.channels.reply import Reply
from frontdesk.channels.window import is_open

TOKEN, SECRET = "FRONTDESK_MESSENGER_TOKEN", "FRONTDESK_MESSENGER_SECRET"
VERIFY = "FRONTDESK_MESSENGER_VERIFY"
LONGEST, MOST, LONGEST_TITLE = 2000, 13, 20  # of a text, of quick replies, of their titles
STAFF_DAYS = 7  # in which a person of the clinic may still answer


class MessengerInput(MessagingInput):
    """One page."""

    NAME: ClassVar[str] = "messenger"
    NEEDS: ClassVar[tuple[str, ...]] = (TOKEN, SECRET, VERIFY)
    HAS_NUMBERS: ClassVar[bool] = True
    METHODS: ClassVar[tuple[str, ...]] = ("POST", "GET")

    def set_up(self) -> None:
        """Find the API."""
        self._api = credentials.api("FRONTDESK_MESSENGER_API", meta.GRAPH)

    def is_genuine(self, request: Request) -> bool:
        """Whether Meta signed it."""
        return meta.is_signed(request, self._keys[SECRET])

    def greet(self, request: Request) -> HTTPResponse | None:
        """Answer Meta's look at the webhook."""
        return meta.challenge(request, self._keys[VERIFY]) if request.method == "GET" else None

    def read(self, request: Request) -> list[Heard]:
        """All messages of a delivery, in order; echoes and receipts are left out."""
        sent = decoded(request.body)
        if word(sent, "object") != "page":
            return []
        events = [event for entry in each(sent, "entry") for event in each(entry, "messaging")]
        return [heard for heard in map(_heard, events) if heard]

    def compose(self, reply: Reply, offers: Sequence[Offer]) -> list[Piece]:
        """Texts, quick replies under the last; titles too long for one stand above, numbered."""
        groups = [parse(reply.text)]
        is_cut = len(offers) > MOST or any(len(one.title) > LONGEST_TITLE for one in offers)
        if is_cut:
            choices = lines(offers)
            groups = [*groups, choices] if reply.is_urgent else [[*groups[0], *choices]]
        pieces: list[Piece] = [
            {"message": {"text": text}, "is_from_staff": reply.is_from_staff}
            for group in groups
            for text in cut(group, PLAIN, LONGEST)
        ]
        if pieces and offers:
            pieces[-1]["message"]["quick_replies"] = [
                {
                    "content_type": "text",
                    "title": short(
                        f"{one.number}. {one.title}" if is_cut else one.title, LONGEST_TITLE
                    ),
                    "payload": one.id,
                }
                for one in offers[:MOST]
            ]
        return pieces

    async def post(self, person: Person, piece: Piece) -> str:
        """Send one message; after a day only what a person of the clinic says."""
        kind: dict[str, Any] = {"messaging_type": "RESPONSE"}
        if not is_open(person):
            if not (piece["is_from_staff"] and is_open(person, STAFF_DAYS)):
                raise Undeliverable(OUTSIDE_WINDOW, "the person wrote too long ago")
            kind = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
        body = {"recipient": {"id": person.address["to"]}, "message": piece["message"], **kind}
        url = f"{self._api}/me/messages"
        told = await meta.create(self._carrier, url, self._keys[TOKEN], body)
        return word(told, "message_id")


def _heard(event: Any) -> Heard | None:
    sender = word(event, "sender", "id")
    message, postback = dig(event, "message"), dig(event, "postback")
    if not sender or (message and dig(message, "is_echo")):
        return None
    address = {"to": sender}
    if postback:
        # a press in the page's own menu, or on "Get started"
        delivery = word(postback, "mid") or f"{sender}:{word(event, 'timestamp')}"
        title = word(postback, "title")
        return Heard(delivery, sender, address, Kind.START, title)
    delivery = word(message, "mid")
    if not delivery or dig(message, "is_deleted"):
        return None
    text, is_attached = word(message, "text"), bool(each(message, "attachments"))
    button = word(message, "quick_reply", "payload")
    if not (text or is_attached or button):
        return None
    kind = Kind.TEXT if text or button else Kind.NOT_TEXT
    return Heard(delivery, sender, address, kind, text, button, has_attachment=is_attached)
