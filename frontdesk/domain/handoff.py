"""Conversations that need a person, and the port through which staff are told of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from frontdesk.domain.condition import Urgency


@dataclass(frozen=True, slots=True)
class Handoff:
    """A conversation somebody has to look at, without a word of what was written in it."""

    conversation: str
    reason: str
    urgency: Urgency
    findings: tuple[str, ...] = ()


class HandoffQueue(ABC):
    """Where hand-offs go."""

    @abstractmethod
    def add(self, handoff: Handoff) -> None:
        """Tell staff; the same conversation with the same reason and findings only once."""
