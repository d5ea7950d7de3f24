"""Keeps what is said to staff from being taken for an answer to the assistant."""

from __future__ import annotations

from collections.abc import Mapping

from rasa.core.channels.channel import OutputChannel
from rasa.core.processor import MessageProcessor
from rasa.shared.core.events import ActionExecuted, ConversationResumed
from rasa.shared.core.trackers import DialogueStateTracker

from frontdesk.clinical.conditions import load_conditions
from frontdesk.components.safety import heard_in, noted
from frontdesk.domain.assessment import assess
from frontdesk.domain.condition import Condition
from frontdesk.domain.treatment import COVERED
from frontdesk.settings import data_folder

BARE = frozenset({"affirm", "deny"})

_extract_slots = MessageProcessor.run_action_extract_slots
_has_expired = MessageProcessor._has_session_expired


def set_up() -> None:
    """Change how Rasa takes messages in this process.

    Rasa 3.6 fills slots while paused, too, and after an hour without a message it forgets that
    staff are there.
    """
    conditions = load_conditions(data_folder())

    async def extract_or_note(
        self: MessageProcessor, output_channel: OutputChannel, tracker: DialogueStateTracker
    ) -> DialogueStateTracker:
        """Fill slots when the message is for the assistant (see Rasa)."""
        if tracker.is_paused():
            note(tracker, conditions)
            return tracker
        if is_meant_for_staff(tracker):
            return tracker
        filled: DialogueStateTracker = await _extract_slots(self, output_channel, tracker)
        return filled

    def has_expired(self: MessageProcessor, tracker: DialogueStateTracker) -> bool:
        """Whether a new session begins: never while staff have the conversation (see Rasa)."""
        return not tracker.is_paused() and bool(_has_expired(self, tracker))

    MessageProcessor.run_action_extract_slots = extract_or_note
    MessageProcessor._has_session_expired = has_expired


def note(tracker: DialogueStateTracker, conditions: Mapping[str, Condition]) -> None:
    """Keep what a message says of health, though the assistant does not answer it.

    A yes or no is for staff, and no answer to what the assistant asked before.
    """
    heard = heard_in(tracker, (), conditions)
    for event in noted(tracker, heard, assess(heard.now, COVERED, conditions)):
        tracker.update(event)


def is_meant_for_staff(tracker: DialogueStateTracker) -> bool:
    """Whether a message is a bare yes or no right after staff have left.

    It answers them, or the notice that they are gone, and not the question a form asked before.
    """
    message = tracker.latest_message
    if message is None or message.intent.get("name") not in BARE:
        return False
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted):
            return False
        if isinstance(event, ConversationResumed):
            return True
    return False
