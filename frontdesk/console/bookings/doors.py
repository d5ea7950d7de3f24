"""Who may use the booking API, and how what goes wrong is said."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from frontdesk import settings
from frontdesk.console.bookings import facts
from frontdesk.console.bookings.errors import Blocked, Invalid, KeyReused, Refused
from frontdesk.domain.booking import (
    BookingError,
    NotOpen,
    Slot,
    SlotTaken,
    TooManyTries,
    UnknownBooking,
)

LARGEST_BODY = 20 * 1024
View = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)

STATUS: dict[type[BookingError], int] = {
    SlotTaken: 409,
    NotOpen: 409,
    UnknownBooking: 404,
    TooManyTries: 429,
    Blocked: 429,
    Refused: 422,
    KeyReused: 422,
    Invalid: 422,
}
MESSAGES = {
    "slot_taken": "Sorry, that time was just taken.",
    "not_open": "We're not open for this massage at that time.",
    "unknown_booking": "No booking matches that reference and contact.",
    "too_many_tries": "That was tried too often; please wait a while.",
    "refused": "This massage can't be booked with what we were told about health.",
    "key_reused": "That key was already used for something else.",
    "unauthorized": "This address is for the assistant only.",
    "bad_json": "The body must be a JSON object.",
    "too_large": "The body is too large.",
    "wrong_method": "That can't be done at this address.",
    "booking_unavailable": "Bookings can't be reached right now; please try again soon.",
}


def guarded(method: str) -> Callable[[View], View]:
    """Let the assistant in, by one method, and answer every foreseen error in JSON."""

    def guard(view: View) -> View:
        @csrf_exempt
        @never_cache
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            if not _is_assistant(request):
                return refusal("unauthorized", 401, {"WWW-Authenticate": "Bearer"})
            if request.method != method:
                return refusal("wrong_method", 405, {"Allow": method})
            try:
                return view(request)
            except BookingError as error:
                return _told(error)
            except DatabaseError as error:
                logger.error("bookings: %s", type(error).__name__)
                return refusal("booking_unavailable", 503, {"Retry-After": "5"})

        return answer

    return guard


def _is_assistant(request: HttpRequest) -> bool:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    is_right = constant_time_compare(token.strip(), settings.bookings_token())
    return is_right and scheme.lower() == "bearer"


class BadBody(BookingError):
    """The body is no JSON object we read."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def body(request: HttpRequest) -> dict[str, Any]:
    """The request's JSON object.

    Raises:
        BadBody: it is too large or no such thing.
    """
    length = request.headers.get("Content-Length", "0")
    if not length.isdigit() or int(length) > LARGEST_BODY or len(request.body) > LARGEST_BODY:
        raise BadBody("too_large")
    try:
        found = json.loads(request.body)
    except (ValueError, RecursionError):
        # "from None": the first error quotes the body
        raise BadBody("bad_json") from None
    if not isinstance(found, dict):
        raise BadBody("bad_json")
    return found


def refusal(
    code: str, status: int, headers: dict[str, str] | None = None, **more: Any
) -> JsonResponse:
    """An error as a code and one plain sentence."""
    told = {"error": code, "message": MESSAGES[code], **more}
    return JsonResponse(told, status=status, headers=headers)


def _told(error: BookingError) -> JsonResponse:
    if isinstance(error, BadBody):
        return refusal(error.code, 413 if error.code == "too_large" else 400)
    status = STATUS[type(error)]
    if isinstance(error, Invalid):
        return JsonResponse({"error": error.code, "message": f"{error}."}, status=status)
    if isinstance(error, Blocked):
        return refusal(error.code, status, {"Retry-After": str(error.seconds)})
    if isinstance(error, (SlotTaken, NotOpen)):
        return refusal(error.code, status, slots=[shown(slot) for slot in error.slots])
    return refusal(error.code, status)


def shown(slot: Slot) -> dict[str, Any]:
    """A free time, with the clinic's offset."""
    starts_at = slot.starts_at.astimezone(facts.zone()).isoformat()
    return {"starts_at": starts_at, "minutes": slot.minutes, "therapist": slot.therapist}
