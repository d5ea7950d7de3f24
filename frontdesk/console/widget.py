"""Serves the chat window's files beside the console's own, to this and to other sites."""

from __future__ import annotations

from collections.abc import Callable
from wsgiref.headers import Headers

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

PREFIX = "/widget/"


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise with one folder more: the chat window.

    WhiteNoise notes a file's length once, at the start. The chat window's files are looked at
    anew on each request, so that one replaced while we run is served whole.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        super().__init__(get_response)
        self.directories = [(f"{settings.WIDGET_FOLDER}/", PREFIX)]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the file asked for (see WhiteNoise), or pass the request on."""
        is_ours = request.path_info.startswith(PREFIX)
        file = self.find_file(request.path_info) if is_ours else None
        response: HttpResponse = self.serve(file, request) if file else super().__call__(request)
        return response


def open_to_other_sites(headers: Headers, path: str, url: str) -> None:
    """Let any site embed the chat window's files; all else stays with this site."""
    if url.startswith(PREFIX):
        headers["Access-Control-Allow-Origin"] = "*"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
