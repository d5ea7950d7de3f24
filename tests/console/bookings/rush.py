"""A process of many who want something at the same moment; prints what became of each as JSON."""

import datetime
import json
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import django
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.console.settings")
UTC = datetime.timezone.utc


def wish(starts_at, number, conversation=""):
    from frontdesk.domain.booking import ForWhom, Kind, Wish
    from frontdesk.domain.condition import Verdict

    return Wish(
        treatment="swedish",
        minutes=60,
        starts_at=starts_at,
        kind=Kind.APPOINTMENT,
        for_whom=ForWhom.SELF,
        contact_name=f"Visitor {number}",
        phone="+12125550177",
        email="",
        verdict=Verdict.OK,
        reasons=(),
        conversation=conversation or f"conversation-{number}",
    )


def attempt(do):
    """What became of one: taken with the next times, or the reference and whether it is new."""
    from frontdesk.domain.booking import SlotTaken

    try:
        done = do()
    except SlotTaken as error:
        return {"slots": [slot.starts_at.isoformat() for slot in error.slots]}
    except Exception as error:
        return {"failed": f"{type(error).__name__}: {error}"}
    finally:
        connection.close()
    return {"reference": done.answer["reference"], "is_new": done.is_new}


def job(what, number, starts_at):
    """What the visitor of this number wants."""
    from frontdesk.console.bookings import receipts, services
    from frontdesk.console.bookings.models import Appointment

    if what == "slot":
        return lambda: services.book(wish(starts_at, number), f"key-{number}")
    if what == "key":
        return lambda: services.book(wish(starts_at, 0), "the same key")
    there, reference = json.loads(what)[number % 2]
    to = datetime.datetime.fromisoformat(there) + datetime.timedelta(minutes=30 * (number % 3))
    # past the proof, which lets nobody try so often
    mine = Appointment.objects.get(reference=reference).pk
    return lambda: receipts.once(f"move-{number}", {}, lambda: services._move(mine, to))


def main():
    what, first, count, threads, begin, starts_at = sys.argv[1:]
    django.setup()
    wished = datetime.datetime.fromisoformat(starts_at)
    jobs = [job(what, number, wished) for number in range(int(first), int(first) + int(count))]
    ready = threading.Barrier(int(threads))
    with ThreadPoolExecutor(int(threads), initializer=ready.wait) as pool:
        time.sleep(max(0.0, float(begin) - time.time()))
        print(json.dumps(list(pool.map(attempt, jobs))))


if __name__ == "__main__":
    main()
