"""Asks for the second step, and ends sessions that nobody uses."""

from __future__ import annotations

import time
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django_otp import user_has_device

STAFF = "/staff/"
LAST = "last_used"
POLL = "HX-Polling"  # a page that looks for news by itself is not somebody at work
SELDOM = 60  # seconds after which a use is noted again


class StaffDoor:
    """Stands before every staff page, Django's own among them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer (see Django), or send to where one proves who one is."""
        if request.path.startswith(STAFF) and request.user.is_authenticated:
            if self._is_left_alone(request):
                logout(request)
            elif self._lacks_second_step(request):
                asked = urlencode({"next": request.get_full_path()})
                return redirect(f"{reverse('second_step')}?{asked}")
        return self.get_response(request)

    def _is_left_alone(self, request: HttpRequest) -> bool:
        now = int(time.time())
        last = request.session.get(LAST, now)
        if now - last > settings.IDLE_MINUTES * 60:
            return True
        is_by_hand = POLL not in request.headers
        if is_by_hand and (LAST not in request.session or now - last > SELDOM):
            request.session[LAST] = now
        return False

    def _lacks_second_step(self, request: HttpRequest) -> bool:
        open_to_all = (reverse("second_step"), reverse("logout"))
        if request.path in open_to_all or request.user.is_verified():  # type: ignore[union-attr]
            return False
        return bool(user_has_device(request.user))
