"""Serves the console until it is stopped."""

from __future__ import annotations

import errno
import os
import signal
import sys
from typing import Any

from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError
from waitress.server import create_server  # type: ignore[import-untyped]

from frontdesk.console.bookings.clerk import Clerk
from frontdesk.console.bookings.starting import prepare
from frontdesk.console.conversations.watch import Watch
from frontdesk.console.environment import port

REASONS = {
    errno.EADDRINUSE: "is taken; stop what uses it or choose another",
    errno.EACCES: "is not ours to use; choose one above 1023",
}


class Command(BaseCommand):
    """Serve the clinic page, the chat window's files and the bookings."""

    help = "Serve the clinic page, the chat window's files and the bookings."

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve (see Django) on CONSOLE_HOST and CONSOLE_PORT."""
        host = os.environ.get("CONSOLE_HOST") or "127.0.0.1"
        number = port("CONSOLE_PORT", 8000)
        server = _listen(host, number)
        prepare()
        Clerk().start()
        Watch().start()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"Clinic page: http://{shown}:{number}/")
        if not User.objects.exists():
            self.stdout.write("Note: nobody of the staff can log in yet: make staff NAME=maya")
        self.stdout.flush()
        server.run()


def _listen(host: str, number: int) -> Any:
    try:
        return create_server(WSGIHandler(), host=host, port=number, threads=8, ident=None)
    except OSError as error:
        reason = REASONS.get(error.errno or 0)
        if reason:
            raise CommandError(f"CONSOLE_PORT: port {number} {reason}") from error
        raise CommandError(f"CONSOLE_HOST: cannot listen on {host}") from error
    except ValueError as error:
        raise CommandError(f"CONSOLE_HOST: cannot listen on {host}") from error
