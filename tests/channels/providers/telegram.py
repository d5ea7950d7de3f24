"""Telegram's Bot API, as far as a bot in private chats uses it."""

from __future__ import annotations

import html.parser
import json
import re
from typing import Any

from tests.channels.providers.standin import Asked, Reply, Shown, StandIn

TOKEN = "123456789:AAExampleExampleExampleExampleExample00"
SECRET = "a-secret-only-telegram-was-told"
TAGS = {"b", "strong", "i", "em", "u", "s", "a", "code", "pre", "tg-spoiler", "blockquote"}
ENTITY = re.compile(r"&(?!(lt|gt|amp|quot|#\d+|#x[0-9a-f]+);)")


class Html(html.parser.HTMLParser):
    """Telegram's HTML: few tags, all closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            raise ValueError(f'unsupported start tag "{tag}"')
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            raise ValueError(f'unmatched end tag "{tag}"')

    def handle_data(self, data: str) -> None:
        self.text += data


def entities(text: str) -> str:
    """The words without markup.

    Raises:
        ValueError: Telegram would refuse it.
    """
    reader = Html()
    reader.feed(text)
    reader.close()
    if reader.open:
        raise ValueError("can't find end tag")
    return reader.text


class Telegram(StandIn):
    name = "telegram"

    def __init__(self) -> None:
        super().__init__()
        self.answered: list[str] = []  # presses that were confirmed

    @property
    def env(self) -> dict[str, str]:
        return {
            "FRONTDESK_TELEGRAM_TOKEN": TOKEN,
            "FRONTDESK_TELEGRAM_SECRET": SECRET,
            "FRONTDESK_TELEGRAM_API": self.address,
        }

    def answer(self, asked: Asked) -> Reply:
        _, bot, method = asked.path.split("/", 2)
        if bot != f"bot{TOKEN}":
            return Reply(401, {"ok": False, "error_code": 401, "description": "Unauthorized"})
        take = getattr(self, f"take_{method}", None)
        if take is None:
            return self.no(404, "Not Found: method not found")
        body = asked.json if asked.body else {}
        return take(body)

    def no(self, status: int, description: str) -> Reply:
        body = {"ok": False, "error_code": status, "description": description}
        return self.refuse(description, Reply(status, body))

    def yes(self, result: Any) -> Reply:
        return Reply(200, {"ok": True, "result": result})

    def take_getMe(self, _: Any) -> Reply:
        return self.yes({"id": 123456789, "is_bot": True, "username": "harborside_bot"})

    def take_getWebhookInfo(self, _: Any) -> Reply:
        return self.yes({"url": self.registered.get("url", ""), "pending_update_count": 0})

    registered: dict[str, Any] = {}

    def take_setWebhook(self, body: dict[str, Any]) -> Reply:
        self.registered = body
        return self.yes(True)

    def take_sendMessage(self, body: dict[str, Any]) -> Reply:
        chat, text = str(body.get("chat_id", "")), body.get("text", "")
        if chat == "13":
            return self.no(403, "Forbidden: bot was blocked by the user")
        shown = text
        if body.get("parse_mode") == "HTML":
            if ENTITY.search(text):
                return self.no(400, "Bad Request: can't parse entities: unknown entity")
            try:
                shown = entities(text)
            except ValueError as error:
                return self.no(400, f"Bad Request: can't parse entities: {error}")
        if not shown.strip():
            return self.no(400, "Bad Request: message text is empty")
        if len(shown.encode("utf-16-le")) // 2 > 4096:
            return self.no(400, "Bad Request: message is too long")
        buttons = {}
        for row in body.get("reply_markup", {}).get("inline_keyboard", []):
            for button in row:
                if not 1 <= len(button["callback_data"].encode()) <= 64:
                    return self.no(400, "Bad Request: BUTTON_DATA_INVALID")
                buttons[button["text"]] = button["callback_data"]
        return self.yes({"message_id": int(self.show(chat, shown, text, buttons))})

    def take_editMessageReplyMarkup(self, body: dict[str, Any]) -> Reply:
        for message in self.messages[str(body["chat_id"])]:
            if message.id == str(body["message_id"]):
                message.buttons = {}
                return self.yes(True)
        return self.no(400, "Bad Request: message to edit not found")

    def take_answerCallbackQuery(self, body: dict[str, Any]) -> Reply:
        self.answered.append(body["callback_query_id"])
        return self.yes(True)

    # --- deliveries

    def signed(self, body: bytes) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "X-Telegram-Bot-Api-Secret-Token": SECRET,
        }

    def update(self, **event: Any) -> bytes:
        return json.dumps({"update_id": next(self.numbers), **event}).encode()

    def message(self, person: str, **more: Any) -> dict[str, Any]:
        who = {"id": int(person), "is_bot": False, "first_name": "Robin", "language_code": "en"}
        chat = {"id": int(person), "type": "private", "first_name": "Robin"}
        return {
            "message_id": next(self.numbers),
            "from": who,
            "chat": chat,
            "date": 1764000000,
            **more,
        }

    def written(self, person: str, text: str, **more: Any) -> bytes:
        return self.update(message=self.message(person, text=text, **more))

    def pressed(self, person: str, message: Shown, title: str) -> bytes:
        under = self.message(person, text=message.text)
        query = {
            "id": str(next(self.numbers)),
            "from": {"id": int(person), "is_bot": False, "first_name": "Robin"},
            "message": {**under, "message_id": int(message.id)},
            "chat_instance": "1",
            "data": message.buttons[title],
        }
        return self.update(callback_query=query)

    def busy(self, seconds: int) -> list[Reply]:
        """What is answered when too much is sent at once."""
        told = {"ok": False, "error_code": 429, "description": f"retry after {seconds}"}
        return [Reply(429, {**told, "parameters": {"retry_after": seconds}})]
