"""WhatsApp's Cloud API with the limits its documentation gives."""

from __future__ import annotations

import base64
import json
import re
from typing import Any

from tests.channels.providers.meta import SECRET, TOKEN, VERIFY, Meta
from tests.channels.providers.standin import Reply, Shown

NUMBER = "106540352242922"
BOLD = re.compile(r"(?<!\w)\*(\S(?:.*?\S)?)\*(?!\w)")
LINE = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


class WhatsApp(Meta):
    name = "whatsapp"

    def __init__(self) -> None:
        super().__init__()
        self.closed: set[str] = set()  # people who wrote more than a day ago, to WhatsApp
        self.templates: list[dict[str, Any]] = []

    @property
    def env(self) -> dict[str, str]:
        return {
            "FRONTDESK_WHATSAPP_TOKEN": TOKEN,
            "FRONTDESK_WHATSAPP_SECRET": SECRET,
            "FRONTDESK_WHATSAPP_VERIFY": VERIFY,
            "FRONTDESK_WHATSAPP_NUMBER": NUMBER,
            "FRONTDESK_WHATSAPP_API": self.address,
        }

    def send(self, path: str, body: dict[str, Any]) -> Reply:
        if path != f"/{NUMBER}/messages" or body.get("messaging_product") != "whatsapp":
            return self.no(400, 100, "Unsupported post request")
        person, kind = body.get("to", ""), body.get("type", "")
        if kind == "template":
            self.templates.append(body["template"])
            values = body["template"]["components"][0]["parameters"]
            if re.search(r"[\n\t]| {5}", values[0]["text"]) or len(values[0]["text"]) > 1024:
                return self.no(400, 132012, "Parameter format does not match")
            return self.shown(person, values[0]["text"], {})
        if person in self.closed:
            return self.no(400, 131047, "Re-engagement message")
        if kind == "text":
            words = body["text"]["body"]
            if not 0 < len(words) <= 4096:
                return self.no(400, 100, "Param text['body'] must be at most 4096 characters")
            return self.shown(person, words, {title: "" for _, title in LINE.findall(words)})
        if kind == "interactive":
            return self.asked_with(person, body["interactive"])
        return self.no(400, 100, f"no type {kind}")

    def asked_with(self, person: str, asking: dict[str, Any]) -> Reply:
        words, action = asking["body"]["text"], asking["action"]
        if not 0 < len(words) <= 1024:
            return self.no(400, 131009, "body text length invalid, max 1024")
        if asking["type"] == "button":
            choices = [one["reply"] for one in action["buttons"]]
            is_well = len(choices) <= 3 and all(0 < len(one["title"]) <= 20 for one in choices)
            is_well = is_well and len({one["title"] for one in choices}) == len(choices)
        else:
            choices = [row for section in action["sections"] for row in section["rows"]]
            is_well = len(choices) <= 10 and 0 < len(action["button"]) <= 20
            is_well = is_well and all(
                0 < len(one["title"]) <= 24 and len(one.get("description", "")) <= 72
                for one in choices
            )
        if not is_well or any(not 0 < len(one["id"]) <= 200 for one in choices):
            return self.no(400, 131009, "Parameter value is not valid")
        buttons = {one.get("description") or one["title"]: one["id"] for one in choices}
        return self.shown(person, words, buttons)

    def shown(self, person: str, words: str, buttons: dict[str, str]) -> Reply:
        message = self.show(person, BOLD.sub(r"\1", words), words, buttons)
        told = {"messaging_product": "whatsapp", "contacts": [{"input": person, "wa_id": person}]}
        return Reply(200, {**told, "messages": [{"id": f"wamid.{message}"}]})

    def delivery(self, *messages: dict[str, Any]) -> bytes:
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "12125550148", "phone_number_id": NUMBER},
            "messages": list(messages),
        }
        change = {"field": "messages", "value": value}
        return json.dumps(
            {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}
        ).encode()

    def message(self, person: str, kind: str, **more: Any) -> dict[str, Any]:
        # such an id holds the number of whoever wrote
        hidden = base64.b64encode(f"{person}:{next(self.numbers)}".encode()).decode()
        told = {"from": person, "id": f"wamid.{hidden}", "timestamp": "1764000000", "type": kind}
        return told | more

    def written(self, person: str, text: str, **more: Any) -> bytes:
        return self.delivery(self.message(person, "text", text={"body": text}, **more))

    def pressed(self, person: str, message: Shown, title: str) -> bytes:
        button = message.buttons[title]
        if not button:  # a numbered line
            number = next(n for n, line in LINE.findall(message.text) if line == title)
            return self.written(person, number)
        reply = {"type": "button_reply", "button_reply": {"id": button, "title": title[:20]}}
        return self.delivery(self.message(person, "interactive", interactive=reply))
