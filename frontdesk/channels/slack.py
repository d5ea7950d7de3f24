"""Slack: events, presses and Block Kit, in direct messages to the app."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import parse_qs

from sanic.request import Request
from sanic.response import HTTPResponse, text
from slack_sdk.signature import SignatureVerifier

from frontdesk.channels import credentials
from frontdesk.channels.delivery import REFUSED, TryLater, Undeliverable
from frontdesk.channels.heard import Heard, Kind, decoded, dig, each, word
from frontdesk.channels.mailbox import Piece
from frontdesk.channels.markup import SLACK, parse
from frontdesk.channels.messaging import MessagingInput
from frontdesk.channels.numbered import short
from frontdesk.channels.offers import Offer
from frontdesk.channels.people import Person
from frontdesk.channels.pieces import cut
from frontdesk.channels.reply import Reply

TOKEN, SECRET = "FRONTDESK_SLACK_TOKEN", "FRONTDESK_SLACK_SECRET"
API = "https://slack.com/api"
LONGEST, MOST, LONGEST_TITLE = 3000, 25, 75  # of a section, of buttons in a block, of a title
LINKED = re.compile(r"<(?:(?:mailto:|tel:)|[@#!])?(?P<address>[^|<>]*)(?:\|(?P<label>[^<>]*))?>")
DIRECT = "D"  # how the ids of direct messages begin
PASSING = {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable"}


class SlackInput(MessagingInput):
    """One app; in channels it says nothing."""

    NAME: ClassVar[str] = "slack"
    NEEDS: ClassVar[tuple[str, ...]] = (TOKEN, SECRET)

    def set_up(self) -> None:
        """Find the API."""
        self._api = credentials.api("FRONTDESK_SLACK_API", API)
        self._verifier = SignatureVerifier(self._keys[SECRET])

    def is_genuine(self, request: Request) -> bool:
        """Whether Slack signed it, within the last five minutes."""
        try:
            return self._verifier.is_valid_request(request.body, dict(request.headers))
        except (TypeError, ValueError):  # a time that is none, a signature in odd signs
            return False

    def greet(self, request: Request) -> HTTPResponse | None:
        """Answer Slack's look at a new address."""
        told = decoded(request.body)
        if word(told, "type") != "url_verification":
            return None
        return text(word(told, "challenge"))

    def read(self, request: Request) -> list[Heard]:
        """The message of an event, or the press of a button."""
        if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            heard = _press(_payload(request.body))
        else:
            heard = _message(decoded(request.body))
        return [heard] if heard else []

    def compose(self, reply: Reply, offers: Sequence[Offer]) -> list[Piece]:
        """Messages of one section, the buttons below the last."""
        pieces = [_piece(words) for words in cut(parse(reply.text), SLACK, LONGEST)]
        if pieces and offers:
            for first in range(0, len(offers), MOST):
                buttons = [_button(one) for one in offers[first : first + MOST]]
                pieces[-1]["body"]["blocks"].append({"type": "actions", "elements": buttons})
            pieces[-1]["question"] = offers[0].question
        return pieces

    def noted(self, piece: Piece, message: str) -> str:
        """The words too: to take the buttons off, the message is written anew."""
        return json.dumps({"ts": message, "words": piece["body"]["text"]})

    def retire(self, noted: str) -> list[Piece]:
        """Take the buttons off an answered question."""
        known = json.loads(noted)
        body = {**_piece(known["words"])["body"], "ts": known["ts"]}
        return [{"method": "chat.update", "body": body, "quiet": True}]

    async def post(self, person: Person, piece: Piece) -> str:
        """Call a method of the Web API."""
        told = await self._carrier.call(
            f"{self._api}/{piece['method']}",
            json={"channel": person.address["channel"], **piece["body"]},
            headers={"Authorization": f"Bearer {self._keys[TOKEN]}"},
        )
        problem = word(told.body, "error")
        if told.status == 429 or problem in PASSING:
            raise TryLater(told.retry_after)
        if told.status != 200 or dig(told.body, "ok") is not True:
            raise Undeliverable(REFUSED, f"Slack answered {told.status}")
        return word(told.body, "ts")


def _piece(words: str) -> Piece:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": words}}
    body = {"text": words, "blocks": [section], "unfurl_links": False, "unfurl_media": False}
    return {"method": "chat.postMessage", "body": body}


def _button(offer: Offer) -> dict[str, Any]:
    label = {"type": "plain_text", "text": short(offer.title, LONGEST_TITLE), "emoji": False}
    return {"type": "button", "text": label, "value": offer.id, "action_id": offer.id}


def _payload(body: bytes) -> Any:
    fields = parse_qs(body.decode("utf-8", "replace"), max_num_fields=20)
    return decoded(fields.get("payload", [""])[0])


def _message(told: Any) -> Heard | None:
    event, delivery = dig(told, "event"), word(told, "event_id")
    sender, channel = word(event, "user"), word(event, "channel")
    is_ours = word(event, "type") == "message" and word(event, "channel_type") == "im"
    if not (is_ours and delivery and channel.startswith(DIRECT)) or dig(event, "bot_id"):
        return None
    kind, subtype = Kind.TEXT, word(event, "subtype")
    if subtype == "message_changed":
        sender, kind = word(event, "message", "user"), Kind.EDITED
        is_by_bot = bool(dig(event, "message", "bot_id"))
        is_same = word(event, "message", "text") == word(event, "previous_message", "text")
        if is_by_bot or is_same:  # our own, or a link's preview came in
            return None
    elif subtype not in ("", "file_share"):
        return None
    words, is_attached = word(event, "text"), bool(each(event, "files"))
    if kind is Kind.TEXT and not words:
        kind = Kind.NOT_TEXT
    return _of(told, delivery, sender, channel, kind, _typed(words), has_files=is_attached)


def _of(
    told: Any, delivery: str, sender: str, channel: str, kind: Kind, words: str, *, has_files: bool
) -> Heard | None:
    if not sender:
        return None
    team = word(told, "team_id") or word(told, "team", "id")
    address = {"channel": channel}
    return Heard(delivery, f"{team}:{sender}", address, kind, words, has_attachment=has_files)


def _press(told: Any) -> Heard | None:
    channel, sender = word(told, "channel", "id"), word(told, "user", "id")
    button = word(told, "actions", 0, "value")
    at, under = word(told, "actions", 0, "action_ts"), word(told, "container", "message_ts")
    if word(told, "type") != "block_actions" or not (channel.startswith(DIRECT) and sender):
        return None
    if not (button and at):
        return None
    team = word(told, "team", "id")
    delivery = f"press:{team}:{sender}:{under}:{at}"
    return Heard(delivery, f"{team}:{sender}", {"channel": channel}, button=button)


def _typed(words: str) -> str:
    """What was typed, before Slack marked up addresses and escaped three signs."""
    words = LINKED.sub(lambda found: found["label"] or found["address"] or "", words)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
