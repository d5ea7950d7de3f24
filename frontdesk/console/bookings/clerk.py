"""Does what has to be done now and then while the console runs."""

from __future__ import annotations

import logging
import threading
import time

from django.db import close_old_connections, connections

from frontdesk.console.bookings import outbox, proofs, reminders
from frontdesk.console.privacy.services import purge_daily

PAUSE = 3.0  # seconds between looks into the outbox
SELDOM = 600.0  # seconds between reminders
logger = logging.getLogger(__name__)


class Clerk(threading.Thread):
    """Sends what waits in the outbox, writes reminders, and deletes what is old."""

    def __init__(self) -> None:
        super().__init__(name="clerk", daemon=True)
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Do no more; what waits is sent after the next start."""
        self._stopped.set()

    def run(self) -> None:
        """Work until stopped (see threading)."""
        seldom_due = time.monotonic()
        while not self._stopped.wait(PAUSE):
            is_seldom = time.monotonic() >= seldom_due
            if is_seldom:
                seldom_due = time.monotonic() + SELDOM
            try:
                self._work(is_seldom)
            except Exception:  # whatever it is, the next letter must still go out
                logger.exception("the clerk failed and goes on")
            close_old_connections()
        connections.close_all()

    def _work(self, is_seldom: bool) -> None:
        if is_seldom:
            reminders.remind()
            outbox.forget_sent()
            proofs.forget_old()
            purge_daily()
        outbox.send_due()
