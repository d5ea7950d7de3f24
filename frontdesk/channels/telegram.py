"""Telegram: the Bot API's webhook, inline keyboards and HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any, ClassVar

from sanic.request import Request

from frontdesk.channels import credentials
from frontdesk.channels.delivery import REFUSED, TryLater, Undeliverable
from frontdesk.channels.genuine import is_same
from frontdesk.channels.heard import Heard, Kind, decoded, dig, word
from frontdesk.channels.mailbox import Piece
from frontdesk.channels.markup import TELEGRAM, parse
from frontdesk.channels.messaging import MessagingInput
from frontdesk.channels.offers import Offer
from frontdesk.channels.people import Person
from frontdesk.channels.pieces import cut
from frontdesk.channels.reply import Reply
from frontdesk.domain.errors import SettingError

TOKEN, SECRET = "FRONTDESK_TELEGRAM_TOKEN", "FRONTDESK_TELEGRAM_SECRET"
API = "https://api.telegram.org"
LONGEST = 4096  # of a message, says Telegram
BESIDE = 16  # letters of a title up to which two buttons stand side by side
COMMAND = re.compile(r"/([A-Za-z_]+)(@\w+)?\s*")
ALLOWED_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
TAG = re.compile(r"</?[a-z][^>]*>")
HEADER = "x-telegram-bot-api-secret-token"
# what a message holds that is meant for us and is no text
ATTACHED = (
    *("animation", "audio", "contact", "dice", "document", "game", "location", "paid_media"),
    *("photo", "poll", "sticker", "story", "venue", "video", "video_note", "voice"),
)
EVENTS = ("message", "edited_message", "callback_query")  # all others are not asked for


class TelegramInput(MessagingInput):
    """One bot, in private chats; groups are none of its business."""

    NAME: ClassVar[str] = "telegram"
    NEEDS: ClassVar[tuple[str, ...]] = (TOKEN, SECRET)

    def set_up(self) -> None:
        """Find the API and check the secret's form.

        Raises:
            SettingError: Telegram would not take the secret.
        """
        self._api = credentials.api("FRONTDESK_TELEGRAM_API", API)
        if not ALLOWED_SECRET.fullmatch(self._keys[SECRET]):
            raise SettingError(SECRET, "must be 16 to 256 letters, digits, _ or -")

    def is_genuine(self, request: Request) -> bool:
        """Whether the secret is there that only Telegram was told."""
        return is_same(request.headers.get(HEADER, ""), self._keys[SECRET])

    def read(self, request: Request) -> list[Heard]:
        """The message or press of an update."""
        update = decoded(request.body)
        number = word(update, "update_id")
        for event, take in (
            ("callback_query", _press),
            ("message", _message),
            ("edited_message", _edit),
        ):
            told = dig(update, event)
            if number and isinstance(told, dict):
                heard = take(number, told)
                return [heard] if heard else []
        return []

    def compose(self, reply: Reply, offers: Sequence[Offer]) -> list[Piece]:
        """Messages in HTML; the keyboard stands under the last."""
        pieces: list[Piece] = [
            {"method": "sendMessage", "body": {"text": text, "parse_mode": "HTML"}}
            for text in cut(parse(reply.text), TELEGRAM, LONGEST)
        ]
        for piece in pieces:
            piece["body"]["link_preview_options"] = {"is_disabled": True}
        if pieces and offers:
            pieces[-1]["body"]["reply_markup"] = {"inline_keyboard": _keyboard(offers)}
            pieces[-1]["question"] = offers[0].question
        return pieces

    def retire(self, noted: str) -> list[Piece]:
        """Take the keyboard off an answered question."""
        body = {"message_id": int(noted), "reply_markup": {"inline_keyboard": []}}
        return [{"method": "editMessageReplyMarkup", "body": body, "quiet": True}]

    def confirm(self, heard: Heard) -> list[Piece]:
        """Stop the pressed button from spinning."""
        if not heard.reference:
            return []
        body = {"callback_query_id": heard.reference}
        return [{"method": "answerCallbackQuery", "body": body, "quiet": True}]

    async def post(self, person: Person, piece: Piece) -> str:
        """Call a method of the Bot API; refused markup is sent again as plain words."""
        body = dict(piece["body"])
        if piece["method"] != "answerCallbackQuery":
            body["chat_id"] = person.address["chat"]
        told = await self._call(piece["method"], body)
        if told["error_code"] == 400 and "parse entities" in told["description"]:
            del body["parse_mode"]
            body["text"] = html.unescape(TAG.sub("", body["text"]))
            told = await self._call(piece["method"], body)
        if told["error_code"]:
            raise Undeliverable(REFUSED, f"Telegram answered {told['error_code']}")
        return word(told, "result", "message_id")

    async def _call(self, method: str, body: dict[str, Any]) -> dict[str, Any]:
        url = f"{self._api}/bot{self._keys[TOKEN]}/{method}"
        told = await self._carrier.call(url, json=body)
        wait = dig(told.body, "parameters", "retry_after")
        if told.status == 429:
            raise TryLater(float(wait) if isinstance(wait, int) else told.retry_after)
        is_well = told.status == 200 and dig(told.body, "ok") is True
        return {
            "error_code": 0 if is_well else told.status,
            "description": word(told.body, "description"),
            "result": dig(told.body, "result"),
        }


def _press(number: str, query: dict[str, Any]) -> Heard | None:
    chat, kind = word(query, "message", "chat", "id"), word(query, "message", "chat", "type")
    if kind != "private":
        return None
    button, reference = word(query, "data"), word(query, "id")
    if not (chat and button and reference):
        return None
    return Heard(number, chat, {"chat": chat}, button=button, reference=reference)


def _message(number: str, message: dict[str, Any]) -> Heard | None:
    chat, is_private = word(message, "chat", "id"), word(message, "chat", "type") == "private"
    if not chat or not is_private or dig(message, "from", "is_bot"):
        return None
    text = word(message, "text") or word(message, "caption")
    is_attached = any(what in message for what in ATTACHED)
    if not text and not is_attached:
        return None  # somebody joined, something was pinned
    command = COMMAND.fullmatch(text)
    kind = Kind.TEXT if text else Kind.NOT_TEXT
    if command:
        kind, text = (Kind.START if command[1] == "start" else kind), command[1]
    return Heard(number, chat, {"chat": chat}, kind, text, has_attachment=is_attached)


def _edit(number: str, message: dict[str, Any]) -> Heard | None:
    heard = _message(number, message)
    return heard and Heard(number, heard.person, heard.address, Kind.EDITED)


def _keyboard(offers: Sequence[Offer]) -> list[list[dict[str, str]]]:
    """Short titles two by two, long ones each in a row; the data is an id of 12 bytes."""
    rows: list[list[Offer]] = []
    for offer in offers:
        is_beside = (
            rows and len(rows[-1]) == 1 and max(len(offer.title), len(rows[-1][0].title)) <= BESIDE
        )
        if is_beside:
            rows[-1].append(offer)
        else:
            rows.append([offer])
    return [[{"text": one.title, "callback_data": one.id} for one in row] for row in rows]
