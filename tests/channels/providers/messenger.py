"""Messenger's Send API and webhooks of one page."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.channels.providers.meta import SECRET, TOKEN, VERIFY, Meta
from tests.channels.providers.standin import Reply, Shown

PAGE = "1906385232743451"
LINE = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)


class Messenger(Meta):
    name = "messenger"

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []

    @property
    def env(self) -> dict[str, str]:
        return {
            "FRONTDESK_MESSENGER_TOKEN": TOKEN,
            "FRONTDESK_MESSENGER_SECRET": SECRET,
            "FRONTDESK_MESSENGER_VERIFY": VERIFY,
            "FRONTDESK_MESSENGER_API": self.address,
        }

    def send(self, path: str, body: dict[str, Any]) -> Reply:
        if path != "/me/messages":
            return self.no(400, 100, "Unsupported post request")
        person, message = body["recipient"]["id"], body["message"]
        self.tags.append(body.get("tag", ""))
        if body.get("messaging_type") not in ("RESPONSE", "MESSAGE_TAG"):
            return self.no(400, 100, "messaging_type is required")
        words, quick = message.get("text", ""), message.get("quick_replies", [])
        if not 0 < len(words.encode()) <= 2000 * 4 or len(words) > 2000:
            return self.no(400, 100, "Length of param message[text] must be less than 2000")
        if len(quick) > 13:
            return self.no(400, 100, "at most 13 quick replies")
        for one in quick:
            if not 0 < len(one["title"]) <= 20 or not 0 < len(one["payload"]) <= 1000:
                return self.no(400, 100, "quick reply too long")
        whole = dict(LINE.findall(words))
        if quick and not whole:
            earlier = self.messages[person][-1].text if self.messages[person] else ""
            whole = dict(LINE.findall(earlier))
        buttons = {}
        for one in quick:
            number = one["title"].partition(".")[0]
            buttons[whole.get(number, one["title"])] = one["payload"]
        message_id = self.show(person, words, words, buttons)
        return Reply(200, {"recipient_id": person, "message_id": f"m_{message_id}"})

    def delivery(self, *events: dict[str, Any]) -> bytes:
        entry = {"id": PAGE, "time": 1764000000000, "messaging": list(events)}
        return json.dumps({"object": "page", "entry": [entry]}).encode()

    def event(self, person: str, **what: Any) -> dict[str, Any]:
        told = {"sender": {"id": person}, "recipient": {"id": PAGE}, "timestamp": 1764000000000}
        return told | what

    def message(self, **what: Any) -> dict[str, Any]:
        return {"mid": f"m_in{next(self.numbers)}", **what}

    def written(self, person: str, text: str, **more: Any) -> bytes:
        return self.delivery(self.event(person, message=self.message(text=text, **more)))

    def pressed(self, person: str, message: Shown, title: str) -> bytes:
        quick = {"payload": message.buttons[title]}
        return self.written(person, title[:20], quick_reply=quick)
