"""Shows what could not be delivered to the booking system, and sends it again."""

from __future__ import annotations

import sys
import time

from frontdesk import settings
from frontdesk.gateways.outbox import DEAD, WAITING, Outbox

HOUR = 3600


def main() -> None:
    """List the letters; with a key behind it, send that one again."""
    outbox = Outbox(settings.database_url())
    for key in sys.argv[1:]:
        outbox.resend(key)
        print(f"{key} will be sent again within a few seconds, when Frontdesk is running.")
    if sys.argv[1:]:
        return
    for state in (DEAD, WAITING):
        letters = outbox.all(state)
        print(f"{state}: {len(letters)}")
        for one in letters:
            hours = (time.time() - one.written) / HOUR
            print(f"  {one.key}  {one.kind}  {one.tries} tries in {hours:.1f} h  {one.why}")
    print("Send one again: make letters KEY=...")


if __name__ == "__main__":
    main()
