"""Conversations that need a person, and the port through which staff are told of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import Enum

from frontdesk.domain.condition import Urgency


class Reason(str, Enum):
    """Why a conversation needs a person, gravest first."""

    RED_FLAG = "red_flag"
    PERSON = "person"
    COMPLAINT = "complaint"
    CALL_BACK = "call_back"
    MISUNDERSTOOD = "misunderstood"
    BOOKING = "booking"
    ERASURE = "erasure"


@dataclass(frozen=True, slots=True)
class Handoff:
    """A conversation somebody has to look at, without a word of what was written in it."""

    conversation: str
    reason: Reason
    urgency: Urgency = Urgency.NONE
    findings: tuple[str, ...] = ()


class HandoffQueue(ABC):
    """Where hand-offs go."""

    @abstractmethod
    def add(self, handoff: Handoff) -> None:
        """Tell staff; whoever reads the queue knows what they know already."""
