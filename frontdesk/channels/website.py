"""The website's channel: signed sessions, exactly-once messages, history and a live stream."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import gc
import json
import re
import time
import uuid
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from weakref import WeakValueDictionary

import structlog
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from frontdesk import settings
from frontdesk.channels.bell import Bell
from frontdesk.channels.boundary import LONGEST, clean, plain_text, read_payload
from frontdesk.channels.courtesy import courtesy
from frontdesk.channels.pace import Pace, TooMany
from frontdesk.channels.transcript import Entry, Offer, Transcript
from frontdesk.channels.visitor import SessionRefused, Sessions
from frontdesk.clinical.clinic import load_library
from frontdesk.domain.errors import FrontdeskError
from frontdesk.log import where

NAME = "website"
BODY_LIMIT = 64 * 1024  # bytes; 2,000 characters fit in with every one escaped
PATIENCE = 4.0  # seconds a turn may take before the visitor is told the truth
SWEEP = 1.0  # seconds between looks for what another worker wrote
KEEP_ALIVE = 15.0  # seconds of silence before the stream says it is alive
STREAM_LIFE = 600.0  # seconds after which a stream ends and the window opens a new one
NO_STORE = {"Cache-Control": "no-store"}
CLIENT_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

log = structlog.get_logger()
Handler = Callable[[UserMessage], Awaitable[Any]]
Route = Callable[..., Coroutine[Any, Any, HTTPResponse | None]]


class Refused(FrontdeskError):
    """A request answered with an error; ``reply`` names the words for the visitor."""

    code = "refused"

    def __init__(self, status: int, code: str, reply: str, **headers: str) -> None:
        self.status, self.code, self.reply, self.headers = status, code, reply, headers
        super().__init__(code)


class WebsiteOutput(OutputChannel):
    """Writes what the assistant or staff say into the transcript."""

    def __init__(self, door: WebsiteInput, turn: str = "", sender: str = "assistant") -> None:
        self._door = door
        self._turn = turn
        self._sender = sender
        self.kept: list[Entry] = []

    @classmethod
    def name(cls) -> str:
        """The channel's name (see Rasa)."""
        return NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message and wake the conversation's streams (see Rasa)."""
        # what the console has an event say of itself, Rasa puts beside the text
        sender = message.get("from")
        known = sender if sender in ("assistant", "staff") else self._sender
        entry = self._door.entry(message, self._turn, known)
        self.kept.append(self._door.keep(recipient_id, entry))


class WebsiteInput(InputChannel):
    """The routes under ``/webhooks/website``."""

    def __init__(self) -> None:
        redis = settings.redis_url()
        days = settings.number("FRONTDESK_SESSION_DAYS", 30)
        self._sessions = Sessions(settings.secret_key(), days)
        self._transcript = Transcript(settings.database_url())
        self._library = load_library(settings.data_folder())
        self._origins = settings.allowed_origins()
        self._visitor_pace = Pace(settings.visitor_pace(), redis)
        self._address_pace = Pace(settings.text("FRONTDESK_ADDRESS_PACE", "240 per minute"), redis)
        self._session_pace = Pace(settings.text("FRONTDESK_SESSION_PACE", "30 per minute"), redis)
        self._bell = Bell()
        # a lock lives as long as a turn holds or awaits it
        self._order: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._running: dict[tuple[str, str], asyncio.Future[None]] = {}

    @classmethod
    def name(cls) -> str:
        """The channel's name, part of its address (see Rasa)."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """The channel as named in credentials.yml (see Rasa)."""
        return cls()

    def get_output_channel(self) -> OutputChannel:
        """Where staff replies and reminders leave (see Rasa)."""
        return WebsiteOutput(self, sender="staff")

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """The routes (see Rasa)."""
        routes = Blueprint("website_webhook")
        everywhere = functools.partial(self._answered, on_new_message)
        table: dict[str, dict[str, Route]] = {
            "/session": {"POST": self._open},
            "/messages": {"POST": self._receive, "GET": self._history},
            "/stream": {"GET": self._stream},
        }
        for path, methods in table.items():
            routes.add_route(
                everywhere(methods), path, methods=[*methods, "OPTIONS"], name=path.strip("/")
            )

        @routes.listener("before_server_start")
        async def let_our_pages_read(app: Sanic, _: Any) -> None:
            # Rasa answers OPTIONS itself, before any route: our headers go on on the way out
            app.register_middleware(self._allow_origin, "response")  # type: ignore[arg-type]

        @routes.listener("after_server_start")
        async def pass_over_what_stays(*_: Any) -> None:
            # the model stays until the end: looking through it for garbage stops a turn for 0.4 s
            gc.freeze()

        return routes

    # --- every request

    def _answered(
        self,
        on_new_message: Handler,
        methods: dict[str, Route],
    ) -> Route:
        async def answer(request: Request) -> HTTPResponse | None:
            if request.method not in methods:
                return empty(204)
            try:
                return await methods[request.method](request, on_new_message)
            except SessionRefused:
                refusal = Refused(401, "session", "utter_notice_session")
            except TooMany as error:
                refusal = Refused(
                    429, "too_many", "utter_notice_too_many", **{"Retry-After": str(error.wait)}
                )
            except Refused as error:
                refusal = error
            except Exception as error:
                # never an empty answer
                log.error("website.failed", path=request.path, where=where(error))
                refusal = Refused(500, "failed", "utter_unavailable")
            return self._refuse(request, refusal)

        return answer

    def _refuse(self, request: Request, refusal: Refused) -> HTTPResponse:
        body = {"error": refusal.code, "message": self._words(request, refusal.reply)["text"]}
        return json_response(body, refusal.status, headers=NO_STORE | refusal.headers)

    async def _allow_origin(self, request: Request, response: HTTPResponse) -> None:
        """Let the pages named in the settings, and no others, read our answers."""
        if not request.path.startswith(f"/webhooks/{NAME}/"):
            return
        response.headers.setdefault("Vary", "Origin")
        origin = request.headers.get("origin", "")
        if origin in self._origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
            response.headers["Access-Control-Max-Age"] = "600"

    def _conversation(self, request: Request) -> str:
        return self._sessions.conversation(request.headers.get("authorization", ""))

    @staticmethod
    def _words(request: Request, reply: str) -> dict[str, Any]:
        """One of our replies, in the clinic's words, without a turn."""
        words: dict[str, Any] = request.app.ctx.agent.nlg.generate_from_slots(reply, {}, NAME)
        return words

    # --- the routes

    async def _open(self, request: Request, _: Handler) -> HTTPResponse:
        self._session_pace.take("session", _address(request))
        conversation, token = self._sessions.issue()
        welcome = self.keep(conversation, self.entry(self._words(request, "utter_welcome")))
        body = {"session": token, "messages": [welcome.shown()], "cursor": welcome.seq}
        return json_response(body, 201, headers=NO_STORE)

    async def _history(self, request: Request, _: Handler) -> HTTPResponse:
        conversation = self._conversation(request)
        cursor = _cursor(request)
        entries = self._transcript.since(conversation, cursor)
        return json_response(_page(entries, cursor), headers=NO_STORE)

    async def _receive(self, request: Request, on_new_message: Handler) -> HTTPResponse:
        conversation = self._conversation(request)
        if len(request.body) > BODY_LIMIT:
            raise Refused(413, "too_long", "utter_notice_too_long")
        turn, typed, button = _read(request.body)
        entries = await self._take(request, on_new_message, conversation, turn, typed, button)
        return json_response(_page(entries, 0), headers=NO_STORE)

    async def _stream(self, request: Request, _: Handler) -> None:
        conversation = self._conversation(request)
        cursor = _cursor(request)
        response = await request.respond(content_type="text/event-stream", headers=NO_STORE)
        ends, spoke = time.monotonic() + STREAM_LIFE, time.monotonic()
        await response.send(": welcome\n\n")
        with self._bell.listening(conversation) as event:
            while time.monotonic() < ends:
                event.clear()
                for entry in self._transcript.since(conversation, cursor):
                    data = json.dumps(entry.shown(), ensure_ascii=False)
                    await response.send(f"id: {entry.seq}\nevent: message\ndata: {data}\n\n")
                    cursor, spoke = entry.seq, time.monotonic()
                if time.monotonic() - spoke > KEEP_ALIVE:
                    await response.send(": keep-alive\n\n")
                    spoke = time.monotonic()
                with contextlib.suppress(asyncio.TimeoutError):
                    await asyncio.wait_for(event.wait(), SWEEP)
        await response.eof()

    # --- a turn

    async def _take(
        self,
        request: Request,
        on_new_message: Handler,
        conversation: str,
        turn: str,
        typed: str,
        button: str,
    ) -> list[Entry]:
        """Take the turn, or wait for whoever is taking it; its messages, the visitor's first."""
        offer = self._offered(conversation, button)
        shown = offer.title if offer else clean(typed)
        text = offer.title if offer else plain_text(typed)
        if not text:
            raise Refused(422, "empty", "utter_notice_empty")
        said = self._transcript.begin(conversation, Entry(turn, "visitor", shown, turn))
        if said is None:
            await self._wait(conversation, turn)
            return self._transcript.of_turn(conversation, turn)
        try:
            self._address_pace.take("message", _address(request))
            self._visitor_pace.take("message", conversation)
        except TooMany:
            self._transcript.release(conversation, turn)
            raise
        self._bell.ring(conversation)
        output = WebsiteOutput(self, turn)
        done = self._running[conversation, turn] = asyncio.get_event_loop().create_future()
        try:
            message = UserMessage(
                text,
                output,
                conversation,
                parse_data=read_payload(offer.payload, text) if offer else None,
                input_channel=NAME,
                message_id=turn,
            )
            order = self._order.setdefault(conversation, asyncio.Lock())
            with courtesy(request.app).visitor():
                async with order:
                    await self._turn(request, on_new_message, message, output)
            self._transcript.finish(conversation, turn)
        finally:
            del self._running[conversation, turn]
            done.set_result(None)
        return [said, *output.kept]

    def _offered(self, conversation: str, button: str) -> Offer | None:
        offer = self._transcript.offer(conversation, button) if button else None
        if button and offer is None:
            raise Refused(422, "unknown_button", "utter_notice_unknown_button")
        return offer

    async def _turn(
        self,
        request: Request,
        on_new_message: Handler,
        message: UserMessage,
        output: WebsiteOutput,
    ) -> None:
        """Let the assistant answer; when it cannot, tell the visitor so."""
        try:
            await asyncio.wait_for(on_new_message(message), PATIENCE)
        except asyncio.TimeoutError:
            log.error("website.turn_too_slow", seconds=PATIENCE)
        except Exception as error:
            log.error("website.turn_failed", where=where(error))
        if not output.kept and not await _is_paused(request.app, message.sender_id):
            words = self._words(request, "utter_unavailable")
            await output.send_response(message.sender_id, words)

    async def _wait(self, conversation: str, turn: str) -> None:
        """Wait for a turn another request has begun, in this process or another."""
        running = self._running.get((conversation, turn))
        if running is not None:
            await asyncio.wait([running], timeout=PATIENCE * 2)
        ends = time.monotonic() + PATIENCE * 2
        while not self._transcript.is_done(conversation, turn):
            if time.monotonic() > ends:
                raise Refused(503, "busy", "utter_unavailable", **{"Retry-After": "5"})
            await asyncio.sleep(0.05)

    # --- the transcript

    def entry(self, message: dict[str, Any], turn: str = "", sender: str = "assistant") -> Entry:
        """A reply of Rasa's as a transcript entry, with the sources of its claims."""
        noted = message.get("metadata") or {}
        return Entry(
            id=str(uuid.uuid4()),
            sender=sender,
            text=str(message.get("text") or ""),
            turn=turn,
            sources=self._library.sources(noted.get("claims", ())),
            card=noted.get("card"),
            offers=tuple(
                Offer(str(button["title"]), str(button["payload"]))
                for button in message.get("buttons") or ()
            ),
        )

    def keep(self, conversation: str, entry: Entry) -> Entry:
        """Write an entry and wake the conversation's streams."""
        kept = self._transcript.add(conversation, entry)
        self._bell.ring(conversation)
        return kept


def _address(request: Request) -> str:
    return str(request.remote_addr or request.ip)


def _cursor(request: Request) -> int:
    after = str(request.args.get("after", "0"))
    if not after.isascii() or not after.isdigit() or len(after) > 15:
        raise Refused(422, "cursor", "utter_notice_malformed")
    return int(after)


def _page(entries: list[Entry], cursor: int) -> dict[str, Any]:
    return {
        "messages": [entry.shown() for entry in entries],
        "cursor": max([cursor, *(entry.seq for entry in entries)]),
    }


def _read(body: bytes) -> tuple[str, str, str]:
    """Take a message's id, text and button out of a request.

    Raises:
        Refused: with what is wrong.
    """
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refused(422, "malformed", "utter_notice_malformed") from error
    if not isinstance(sent, dict):
        raise Refused(422, "malformed", "utter_notice_malformed")
    turn, typed, button = sent.get("id"), sent.get("text", ""), sent.get("button", "")
    is_well_formed = (
        isinstance(turn, str)
        and CLIENT_ID.fullmatch(turn.lower())
        and isinstance(typed, str)
        and isinstance(button, str)
        and not (typed and button)
        and set(sent) <= {"id", "text", "button"}
    )
    if not is_well_formed:
        raise Refused(422, "malformed", "utter_notice_malformed")
    if len(typed) > LONGEST:
        raise Refused(413, "too_long", "utter_notice_too_long")
    return str(turn).lower(), typed, button


async def _is_paused(app: Sanic, conversation: str) -> bool:
    """Whether a person has taken the conversation over, so that silence is right."""
    try:
        tracker = await app.ctx.agent.tracker_store.retrieve(conversation)
    except Exception as error:
        log.error("website.tracker_unavailable", where=where(error))
        return False
    return bool(tracker and tracker.is_paused())
