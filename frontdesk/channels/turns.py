"""Lets the assistant answer a message, once, however often it is tried."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from sanic import Sanic

from frontdesk.channels.boundary import LONGEST, clean, plain_text, read_payload
from frontdesk.channels.courtesy import courtesy
from frontdesk.channels.heard import Heard, Kind
from frontdesk.channels.mailbox import Letter
from frontdesk.channels.offers import Offer, Offers, Press
from frontdesk.channels.reply import Reply
from frontdesk.log import where

PATIENCE = 20.0  # seconds a turn may take before the person is told the truth
# Of all messaging channels one turn at a time thinks, so that the website's never wait long; one
# that takes longer than this many seconds waits for something else, and the next may begin.
THINKING = 0.1
NOTICES = {
    Kind.START: "utter_welcome",
    Kind.NOT_TEXT: "utter_channel_text_only",
    Kind.EDITED: "utter_channel_edited",
    Kind.TOO_MANY: "utter_notice_too_many",
}

log = structlog.get_logger()
Handler = Callable[[UserMessage], Awaitable[Any]]
Deliver = Callable[[str, dict[str, Any]], Awaitable[None]]
Said = list[dict[str, Any]]


class TurnOutput(OutputChannel):
    """Gathers what is said in a turn; what comes later, such as a reminder, is sent at once."""

    def __init__(self, channel: str, deliver: Deliver) -> None:
        self._channel, self._deliver = channel, deliver
        self.said: Said = []
        self.is_over = False

    def name(self) -> str:
        """The channel's name (see Rasa)."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one message (see Rasa)."""
        if self.is_over:
            await self._deliver(recipient_id, dict(message))
        else:
            self.said.append(dict(message))


class Turns:
    """Turns of one channel's conversations."""

    def __init__(
        self, channel: str, app: Sanic, handler: Handler, offers: Offers, deliver: Deliver
    ) -> None:
        self._channel, self._app, self._handler = channel, app, handler
        self._offers, self._deliver = offers, deliver
        if not hasattr(app.ctx, "frontdesk_turns"):
            app.ctx.frontdesk_turns = asyncio.Lock()

    def is_ready(self) -> bool:
        """Whether the assistant has a model to answer with."""
        return bool(self._app.ctx.agent and self._app.ctx.agent.is_ready())

    def words(self, reply: str) -> Reply:
        """One of our replies, in the clinic's words, without a turn."""
        nlg = self._app.ctx.agent.nlg
        return Reply.of(nlg.generate_from_slots(reply, {}, self._channel))

    async def answer(self, letter: Letter, heard: Heard, *, has_numbers: bool) -> list[Reply]:
        """What to say to a message; an emergency comes first.

        Args:
            has_numbers: whether buttons are shown as numbers that can be typed.
        """
        if heard.kind in NOTICES:
            return await self._unless_paused(letter, NOTICES[heard.kind])
        press = Press()
        if heard.button:
            press = self._offers.press(letter.conversation, heard.button, letter.claim)
        elif has_numbers:
            press = self._offers.pick(letter.conversation, clean(heard.text), letter.claim)
        if press.is_again:
            return []
        offer = press.offer
        if heard.button and offer is None and not heard.text:
            return await self._unless_paused(letter, "utter_notice_unknown_button")
        text = offer.title if offer else plain_text(heard.text)
        if not text:
            return await self._unless_paused(letter, "utter_channel_text_only")
        if len(text) > LONGEST:
            return await self._unless_paused(letter, "utter_notice_too_long")
        replies = await self._turn(letter, text, offer)
        if heard.has_attachment and replies and not replies[0].is_urgent:
            replies.append(self.words("utter_channel_not_seen"))
        return replies

    async def _turn(self, letter: Letter, text: str, offer: Offer | None) -> list[Reply]:
        said = await self._said_before(letter) if letter.tries > 1 else None
        if said is None:
            said = await self._in_turn(letter, text, offer)
        if not said:
            return await self._unless_paused(letter, "utter_unavailable")
        return sorted(map(Reply.of, said), key=lambda reply: not reply.is_urgent)

    async def _in_turn(self, letter: Letter, text: str, offer: Offer | None) -> Said:
        """Run it when no visitor of the website waits and no other channel's turn is thinking."""
        async with self._app.ctx.frontdesk_turns:
            await courtesy(self._app).stand_back()
            turn = asyncio.create_task(self._run(letter, text, offer))
            try:
                await asyncio.wait({turn}, timeout=THINKING)
            except asyncio.CancelledError:  # which waiting does not pass on
                turn.cancel()
                raise
        return await turn

    async def _run(self, letter: Letter, text: str, offer: Offer | None) -> Said:
        output = TurnOutput(self._channel, self._deliver)
        message = UserMessage(
            text,
            output,
            letter.conversation,
            parse_data=read_payload(offer.payload, text) if offer else None,
            input_channel=self._channel,
            message_id=letter.claim,
        )
        try:
            await asyncio.wait_for(self._handler(message), PATIENCE)
        except asyncio.TimeoutError:
            log.error("channel.turn_too_slow", channel=self._channel, seconds=PATIENCE)
        except Exception as error:
            log.error("channel.turn_failed", channel=self._channel, where=where(error))
        output.is_over = True
        return output.said

    async def _said_before(self, letter: Letter) -> Said | None:
        """What was said in a turn that was saved before this process took over, if it was."""
        tracker = await self._app.ctx.agent.tracker_store.retrieve(letter.conversation)
        events = iter(tracker.events if tracker else ())
        for event in events:
            if isinstance(event, UserUttered) and event.message_id == letter.claim:
                rest = itertools.takewhile(lambda one: not isinstance(one, UserUttered), events)
                told = [one.message() for one in rest if isinstance(one, BotUttered)]
                return [one for one in told if one.get("from") != "staff"]
        return None

    async def _unless_paused(self, letter: Letter, reply: str) -> list[Reply]:
        """One of our replies, or silence while a person has taken the conversation over."""
        try:
            tracker = await self._app.ctx.agent.tracker_store.retrieve(letter.conversation)
        except Exception as error:
            log.error("channel.tracker_unavailable", where=where(error))
            tracker = None
        return [] if tracker and tracker.is_paused() else [self.words(reply)]
