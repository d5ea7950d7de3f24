"""Does what has to be done now and then while the console runs."""

from __future__ import annotations

from frontdesk.console.bookings import outbox, proofs, reminders
from frontdesk.console.privacy.services import purge_daily
from frontdesk.console.rounds import Rounds

PAUSE = 3.0  # seconds between looks into the outbox
SELDOM = 600.0  # seconds between reminders


class Clerk(Rounds):
    """Sends what waits in the outbox, writes reminders, and deletes what is old."""

    def __init__(self) -> None:
        super().__init__("clerk", PAUSE, SELDOM)

    def work(self) -> None:
        """Send what waits."""
        outbox.send_due()

    def work_seldom(self) -> None:
        """Write reminders, delete what is old."""
        reminders.remind()
        outbox.forget_sent()
        proofs.forget_old()
        purge_daily()
