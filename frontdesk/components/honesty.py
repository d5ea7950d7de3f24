"""Makes an action that fails or takes too long say so, where Rasa would say nothing."""

from __future__ import annotations

import rasa.core.actions.action
import structlog
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction, create_bot_utterance
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from frontdesk.log import where

PATIENCE = 3  # seconds an action may take; Rasa's own limit is five minutes
REPLY = "utter_unavailable"

log = structlog.get_logger()
_run = RemoteAction.run


async def run_or_say_so(
    self: RemoteAction,
    output_channel: OutputChannel,
    nlg: NaturalLanguageGenerator,
    tracker: DialogueStateTracker,
    domain: Domain,
) -> list[Event]:
    """Run an action; when it cannot, give the reply that says so (see Rasa)."""
    try:
        events: list[Event] = await _run(self, output_channel, nlg, tracker, domain)
        return events
    except ActionExecutionRejection:
        raise
    except Exception as error:
        log.error("action.failed", action=self.name(), where=where(error))
        reply = await nlg.generate(REPLY, tracker, output_channel.name())
        return [create_bot_utterance(reply)] if reply else []


def set_up() -> None:
    """Change Rasa's actions for this process; Rasa 3.6 has no setting for either."""
    rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT = PATIENCE
    RemoteAction.run = run_or_say_so
