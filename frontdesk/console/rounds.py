"""Work that is done again and again while the console runs."""

from __future__ import annotations

import abc
import logging
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections, connections

AFTER_FAILURE = 5.0  # seconds
logger = logging.getLogger(__name__)


class Rounds(threading.Thread, abc.ABC):
    """Works in the background until stopped; what fails is tried again in the next round.

    Args:
        name: of the thread, for the log.
        pause: seconds between two rounds.
        seldom: seconds between two rounds in which the rarer work is done, too.
    """

    def __init__(self, name: str, pause: float, seldom: float) -> None:
        super().__init__(name=name, daemon=True)
        self._pause, self._seldom = pause, seldom
        self.stopped = threading.Event()

    @abc.abstractmethod
    def work(self) -> None:
        """What each round does."""

    @abc.abstractmethod
    def work_seldom(self) -> None:
        """What is done now and then."""

    def stop(self) -> None:
        """Do no more; what is left is done after the next start."""
        self.stopped.set()

    def run(self) -> None:
        """Work until stopped (see threading)."""
        seldom_due = time.monotonic()
        while not self.stopped.wait(self._pause):
            is_done = self._tried(self.work)
            if time.monotonic() >= seldom_due:
                seldom_due = time.monotonic() + self._seldom
                is_done = self._tried(self.work_seldom) and is_done
            if not is_done:
                self.stopped.wait(AFTER_FAILURE)
            close_old_connections()
        connections.close_all()

    def _tried(self, work: Callable[[], None]) -> bool:
        """Whether it was done. One kind of work must not wait for ever for the other."""
        try:
            work()
        except Exception:  # whatever it is, the rest must still be done
            logger.exception("%s failed and goes on", self.name)
            return False
        return True
