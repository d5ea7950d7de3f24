"""The side of staff in a conversation: Rasa's own API, and what they are told."""

from __future__ import annotations

import json
import urllib.request
from typing import Any

from frontdesk.channels.visitor import Sessions
from frontdesk.gateways.handoffs import HandoffTable
from tests.stack import Stack
from tests.visitor import Visitor


class Staff:
    """Someone of the team who looks at one visitor's conversation."""

    def __init__(self, stack: Stack, visitor: Visitor) -> None:
        self._stack = stack
        sessions = Sessions(stack.env["FRONTDESK_SECRET_KEY"], 365)
        self.conversation = sessions.conversation(f"Bearer {visitor.token}")
        self._handoffs = HandoffTable(f"sqlite:///{stack.folder}/website.db")

    def _address(self, of: str) -> str:
        return f"{self._stack.api}/conversations/{self.conversation}/{of}?token={self._stack.token}"

    def _post(self, event: dict[str, Any]) -> None:
        where = self._address("tracker/events")
        where += "&execute_side_effects=true&output_channel=latest"
        kind = {"Content-Type": "application/json"}
        request = urllib.request.Request(where, json.dumps(event).encode(), kind)
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert answer.status == 200

    def take_over(self) -> None:
        self._post({"event": "pause"})

    def write(self, text: str) -> None:
        self._post({"event": "bot", "text": text, "metadata": {"from": "staff"}})

    def hand_back(self) -> None:
        self._post({"event": "resume"})

    def slots(self) -> dict[str, Any]:
        """What the assistant has noted."""
        with urllib.request.urlopen(self._address("tracker"), timeout=20) as told:
            slots: dict[str, Any] = json.load(told)["slots"]
        return slots

    def told(self) -> list[str]:
        """Why this conversation needs a person, in the order staff were told."""
        mine = [row for row in self._handoffs.all() if row["conversation"] == self.conversation]
        return [str(row["reason"]) for row in reversed(mine)]
