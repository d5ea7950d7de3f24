"""Rasa's calls of the action server: honest when they fail, and without a new connection each."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from typing import Any

import aiohttp
import rasa.core.actions.action
import structlog
from jsonschema import Draft7Validator
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction, create_bot_utterance
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from frontdesk.log import where

PATIENCE = 3  # seconds an action may take; Rasa's own limit is five minutes
REPLY = "utter_unavailable"

log = structlog.get_logger()
_run = RemoteAction.run
_new_session = EndpointConfig.session
_answer = Draft7Validator(RemoteAction.action_response_format_spec())


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


class LastingSession(aiohttp.ClientSession):
    """A session that outlives the ``async with`` Rasa puts around each request."""

    async def __aexit__(self, *_: object) -> None:
        """Stay open (see aiohttp)."""


@lru_cache(maxsize=8)
def _session_of(endpoint: int, loop: asyncio.AbstractEventLoop) -> LastingSession:
    return LastingSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))


def lasting_session(self: EndpointConfig) -> aiohttp.ClientSession:
    """The one session of an endpoint without credentials of its own (see Rasa)."""
    if self.headers or self.basic_auth:
        session: aiohttp.ClientSession = _new_session(self)
        return session
    return _session_of(id(self), asyncio.get_event_loop())


def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Check what an action returned; Rasa checks its own schema, too, each time."""
    _answer.validate(result)
    return True


def set_up() -> None:
    """Change Rasa's actions for this process; Rasa 3.6 has settings for none of it."""
    rasa.core.actions.action.DEFAULT_REQUEST_TIMEOUT = PATIENCE
    RemoteAction.run = run_or_say_so
    RemoteAction._validate_action_result = validate
    EndpointConfig.session = lasting_session
