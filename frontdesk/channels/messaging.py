"""What every messaging channel does alike: verify, keep, acknowledge, answer, deliver."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import structlog
from rasa.core.channels.channel import InputChannel, OutputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text

from frontdesk import settings
from frontdesk.channels import credentials
from frontdesk.channels.clerk import Clerk
from frontdesk.channels.delivery import REFUSED, UNREACHABLE, Carrier, Undeliverable, persist
from frontdesk.channels.heard import Heard, Kind
from frontdesk.channels.intake import Intake
from frontdesk.channels.mailbox import Letter, Mailbox, Piece
from frontdesk.channels.offers import Offer, Offers
from frontdesk.channels.pace import Pace, TooMany
from frontdesk.channels.people import People, Person
from frontdesk.channels.reply import Reply
from frontdesk.channels.tables import opened
from frontdesk.channels.turns import Handler, Turns
from frontdesk.log import where

BODY_LIMIT = 256 * 1024  # bytes of one delivery, which may hold several messages
# seconds of trying: for answers, and while the console waits, which gives up after eight
LONG, SHORT = 6 * 3600.0, 6.0

log = structlog.get_logger()


class MessagingOutput(OutputChannel):
    """Brings what staff or a reminder say to the person, or says that it could not."""

    def __init__(self, door: MessagingInput) -> None:
        self._door = door

    def name(self) -> str:
        """The channel's name (see Rasa)."""
        return self._door.NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Send one message and wait for it (see Rasa)."""
        await self._door.deliver(recipient_id, message)


class MessagingInput(InputChannel):
    """The routes under ``/webhooks/<name>`` of a channel that is on; none of one that is off."""

    NAME: ClassVar[str]
    NEEDS: ClassVar[tuple[str, ...]]
    HAS_NUMBERS: ClassVar[bool] = False
    METHODS: ClassVar[tuple[str, ...]] = ("POST",)

    def __init__(self, keys: Mapping[str, str] | None) -> None:
        self.is_on = keys is not None
        if keys is None:
            return
        self._keys = keys
        redis = settings.redis_url()
        engine = opened(settings.database_url())
        self._people = People(engine, self.NAME, settings.conversation_key())
        self._offers = Offers(engine)
        self._mailbox = Mailbox(engine, self.NAME)
        self._carrier = Carrier()
        self._intake = Intake(engine, self._people, self._mailbox, settings.sender_pace(), redis)
        self._address_pace = Pace(settings.text("FRONTDESK_CHANNEL_PACE", "1200 per minute"), redis)
        self._refusals = 0
        self._clerk: Clerk | None = None
        self._turns: Turns | None = None
        self.set_up()

    @classmethod
    def name(cls) -> str:
        """The channel's name, part of its address (see Rasa)."""
        return cls.NAME

    @classmethod
    def from_credentials(cls, _: dict[str, Any] | None) -> InputChannel:
        """The channel as named in credentials.yml; its secrets are settings (see Rasa)."""
        return cls(credentials.read(cls.NEEDS))

    def get_output_channel(self) -> OutputChannel:
        """Where staff replies and reminders leave (see Rasa)."""
        return MessagingOutput(self)

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes (see Rasa)."""
        routes = Blueprint(f"{self.NAME}_webhook")
        if not self.is_on:
            return routes

        async def receive(request: Request) -> HTTPResponse:
            return self._receive(request)

        routes.add_route(receive, "/webhook", methods=list(self.METHODS), name="webhook")

        @routes.listener("after_server_start")
        async def open_up(app: Sanic, _: Any) -> None:
            turns = Turns(self.NAME, app, on_new_message, self._offers, self.deliver)
            work = (self._answer, self._send, self._forget, turns.is_ready)
            self._turns, self._clerk = turns, Clerk(self.NAME, self._mailbox, *work)
            self._clerk.start()

        @routes.listener("before_server_stop")
        async def close_down(*_: Any) -> None:
            if self._clerk:
                await self._clerk.stop()
            await self._carrier.close()

        return routes

    def words(self, reply: str) -> str:
        """The text of one of our replies."""
        return self._turns.words(reply).text if self._turns else ""

    # --- what each channel does its own way

    def set_up(self) -> None:
        """Read further settings when the channel is on."""

    @abstractmethod
    def is_genuine(self, request: Request) -> bool:
        """Whether a request comes from the provider."""

    @abstractmethod
    def read(self, request: Request) -> list[Heard]:
        """The messages of a genuine request, in order; what is nobody's message is left out."""

    @abstractmethod
    def compose(self, reply: Reply, offers: Sequence[Offer]) -> list[Piece]:
        """A reply as requests to the provider, in order.

        One with a ``question`` shows that question's buttons; one that is ``quiet`` may fail.
        """

    @abstractmethod
    async def post(self, person: Person, piece: Piece) -> str:
        """Make one request.

        Returns:
            What the provider calls the message.

        Raises:
            TryLater: it cannot be taken now.
            Undeliverable: it never will.
        """

    def noted(self, piece: Piece, message: str) -> str:
        """What has to be known of a sent message to take its buttons off."""
        return message

    def retire(self, noted: str) -> list[Piece]:
        """Requests that take the buttons off a message, where a channel can."""
        return []

    def confirm(self, heard: Heard) -> list[Piece]:
        """Requests that tell the provider a press has arrived, where it wants to know."""
        return []

    def greet(self, request: Request) -> HTTPResponse | None:
        """The answer to a request by which the provider only looks whether we are there."""
        return None

    def taken(self) -> HTTPResponse:
        """The answer that acknowledges a delivery."""
        return text("")

    # --- a delivery comes in

    def _receive(self, request: Request) -> HTTPResponse:
        try:
            return self._taken_in(request)
        except TooMany as error:
            return text("", 429, headers={"Retry-After": str(error.wait)})
        except Exception as error:
            # not acknowledged: the provider delivers it again
            log.error("channel.not_kept", channel=self.NAME, where=where(error))
            return text("", 503, headers={"Retry-After": "5"})

    def _taken_in(self, request: Request) -> HTTPResponse:
        if len(request.body) > BODY_LIMIT:
            return text("", 413)
        if request.method == "GET":
            return self.greet(request) or self._refuse()
        if not self.is_genuine(request):
            return self._refuse()
        self._address_pace.take(self.NAME, str(request.remote_addr or request.ip))
        answer = self.greet(request)
        if answer is None:
            for conversation in self._intake.keep(self.read(request)):
                if self._clerk:
                    self._clerk.wake(conversation)
        return answer or self.taken()

    def _refuse(self) -> HTTPResponse:
        self._refusals += 1
        if self._refusals & (self._refusals - 1) == 0:  # 1, 2, 4, 8 ...: a flood fills no log
            log.warning("channel.refused", channel=self.NAME, so_far=self._refusals)
        return text("", 403)

    # --- it is answered

    async def _answer(self, letter: Letter) -> list[Piece]:
        assert self._turns is not None
        heard = Heard.unpacked(letter.body)
        replies = await self._turns.answer(letter, heard, has_numbers=self.HAS_NUMBERS)
        pieces = self.confirm(heard)
        if not replies or self._people.find(letter.conversation) is None:  # erased meanwhile
            return pieces
        pieces += self._closed(letter.conversation)
        for reply in self._introduced(letter.conversation, heard, replies):
            pieces += self._composed(letter.conversation, reply)
        return pieces

    def _introduced(self, conversation: str, heard: Heard, replies: list[Reply]) -> list[Reply]:
        """Say first whom people write with, once, and never before what is urgent."""
        assert self._turns is not None
        person = self._people.find(conversation)
        if person is None or person.is_greeted or replies[0].is_urgent:
            return replies
        self._people.greeted(conversation)
        if heard.kind is Kind.START:
            return replies
        return [self._turns.words("utter_channel_hello"), *replies]

    def _closed(self, conversation: str) -> list[Piece]:
        """End what was on offer before."""
        closed = self._offers.close(conversation)
        return [piece for noted in closed for piece in self.retire(noted)]

    def _composed(self, conversation: str, reply: Reply) -> list[Piece]:
        return self.compose(reply, self._offers.add(conversation, reply.buttons))

    # --- it goes out

    async def _send(self, conversation: str, piece: Piece, patience: float = LONG) -> None:
        person = self._people.find(conversation)
        if person is None:
            raise Undeliverable(REFUSED, "nobody is known under this conversation")
        if piece.get("quiet"):
            try:
                await persist(lambda: self.post(person, piece), 0)
            except Undeliverable as error:
                log.info("channel.detail_failed", channel=self.NAME, code=error.code)
            return
        message = await persist(lambda: self.post(person, piece), patience)
        if piece.get("question") and message:
            self._offers.sent(piece["question"], self.noted(piece, message))

    async def deliver(self, conversation: str, message: dict[str, Any]) -> None:
        """Send what staff or a reminder say, now.

        Raises:
            Undeliverable: it did not reach the person.
        """
        if not self.is_on:
            raise Undeliverable(REFUSED, f"{self.NAME} is off")
        reply = Reply.of(message)
        if reply.is_from_staff:
            reply = replace(reply, text=f"{self.words('utter_channel_staff')}\n{reply.text}")
        pieces = [*self._closed(conversation), *self._composed(conversation, reply)]
        try:
            await asyncio.wait_for(self._send_all(conversation, pieces), SHORT)
        except asyncio.TimeoutError as error:
            raise Undeliverable(UNREACHABLE, f"not taken within {SHORT:.0f} s") from error

    async def _send_all(self, conversation: str, pieces: Sequence[Piece]) -> None:
        for piece in pieces:
            await self._send(conversation, piece, SHORT)

    def _forget(self) -> None:
        self._mailbox.forget()
        self._offers.forget()
