"""The booking API the assistant uses, and the calendar file visitors fetch."""

from __future__ import annotations

import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from frontdesk.console.bookings import calendars, selectors, services, wishes
from frontdesk.console.bookings.doors import body, guarded, shown
from frontdesk.console.bookings.errors import Invalid
from frontdesk.console.bookings.models import Appointment

USUAL_SEARCH = datetime.timedelta(days=14)
MOST_SLOTS = 2000


@guarded("GET")
def show_slots(request: HttpRequest) -> HttpResponse:
    """The first free times of a treatment between two instants."""
    asked = request.GET
    after = _instant(request, "after") or timezone.now()
    until = _instant(request, "until") or after + USUAL_SEARCH
    found = selectors.free_slots(
        wishes.treatment(asked.get("treatment")),
        wishes.minutes(_number(request, "minutes", 0)),
        after,
        until,
        min(_number(request, "limit", selectors.NEXT), MOST_SLOTS),
    )
    return JsonResponse({"slots": [shown(slot) for slot in found]})


@guarded("POST")
def book(request: HttpRequest) -> HttpResponse:
    """Book, or keep a request."""
    done = services.book(wishes.wish(body(request)), _key(request))
    return JsonResponse(done.answer, status=201 if done.is_new else 200)


@guarded("POST")
def find(request: HttpRequest) -> HttpResponse:
    """A booking that is shown to be theirs."""
    return JsonResponse(services.find(*wishes.proof(body(request))))


@guarded("POST")
def move(request: HttpRequest) -> HttpResponse:
    """Another time for a booking."""
    key, asked = _key(request), body(request)
    reference, proof = wishes.proof(asked, "starts_at")
    to = wishes.instant("starts_at", asked.get("starts_at"))
    return JsonResponse(services.move(reference, proof, to, key).answer)


@guarded("POST")
def cancel(request: HttpRequest) -> HttpResponse:
    """Call a booking off."""
    key = _key(request)
    reference, proof = wishes.proof(body(request))
    return JsonResponse(services.cancel(reference, proof, key).answer)


@never_cache
@require_safe
def show_calendar(request: HttpRequest, signed: str) -> HttpResponse:
    """The calendar file of the appointment whose address we signed."""
    reference = calendars.reference_of(signed)
    appointment = Appointment.objects.filter(reference=reference).first() if reference else None
    if appointment is None:
        raise Http404
    kind = f"text/calendar; charset=utf-8; method={calendars.method(appointment)}"
    headers = {
        "Content-Disposition": f'attachment; filename="{appointment.reference}.ics"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(calendars.written(appointment), content_type=kind, headers=headers)


def _key(request: HttpRequest) -> str:
    return wishes.key(request.headers.get("Idempotency-Key"))


def _instant(request: HttpRequest, name: str) -> datetime.datetime | None:
    # a plus that was not escaped arrives as a space
    given = request.GET.get(name, "").replace(" ", "+")
    return wishes.instant(name, given) if given else None


def _number(request: HttpRequest, name: str, default: int) -> int:
    given = request.GET.get(name, str(default))
    if not given.isascii() or not given.isdigit() or len(given) > 6:
        raise Invalid(name, "must be a whole number")
    return int(given)
