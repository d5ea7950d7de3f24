"""Lets a screen be opened only by those who may."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, cast

from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponseBase]


def needs(*permissions: str) -> Callable[[View], View]:
    """Open a screen only to those who are logged in and have all of these permissions."""

    def guard(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_the_door(request)
            if not request.user.has_perms(permissions):
                raise PermissionDenied
            return view(request, *args, **given)

        guarded.permissions = permissions  # type: ignore[attr-defined]
        return never_cache(guarded)

    return guard


def member(request: HttpRequest) -> User:
    """Who of the staff is asking."""
    return cast(User, request.user)


def _to_the_door(request: HttpRequest) -> HttpResponseBase:
    """The login page; a part of a page that asks is told to load the whole page there."""
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=401)
        answer["HX-Redirect"] = reverse("login")
        return answer
    return redirect_to_login(request.get_full_path(), reverse("login"))
