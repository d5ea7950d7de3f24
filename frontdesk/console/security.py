"""Tells the browser what a page of ours may load, run and talk to."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from frontdesk.console.environment import origin_of

PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def content_policy(chat_url: str, framed_by: str = "'self'") -> str:
    """The Content-Security-Policy: nothing but our own files, and the assistant to talk to.

    The chat window prints through a hidden frame of this site, so frames of our own are let in;
    ``framed_by`` says into whose frames the page itself may go.
    """
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            f"connect-src 'self' {origin_of(chat_url)}",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            f"frame-ancestors {framed_by}",
        )
    )


class SecurityHeaders:
    """Puts our security headers on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.policy = content_policy(settings.CHAT_URL)
        self.staff_policy = content_policy(settings.CHAT_URL, "'none'")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer (see Django), with the headers added."""
        response = self.get_response(request)
        policy = self.staff_policy if request.path.startswith("/staff/") else self.policy
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        return response
