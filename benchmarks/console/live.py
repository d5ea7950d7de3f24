"""Measures how soon staff see what a visitor writes, and the other way round, while all runs."""

from __future__ import annotations

import random
import re
import statistics
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from functools import partial

import requests

from benchmarks.console.databases import Databases
from benchmarks.places import ENDLESS, NotMeasured, stage
from benchmarks.table import Limit, Row
from tests.stack import Stack
from tests.visitor import Visitor

POLL = 1.0  # seconds between looks of an open conversation's page
PATIENCE = 20.0
PACES = ("FRONTDESK_VISITOR_PACE", "FRONTDESK_ADDRESS_PACE", "FRONTDESK_SESSION_PACE")
PASSWORD = "linen oil and lavender"
EMPLOY = f"""
import django; django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
from frontdesk.console.staff.roles import MANAGER, give, make_roles
call_command("migrate", verbosity=0)
make_roles()
user, _ = User.objects.get_or_create(username="live")
user.set_password({PASSWORD!r}); user.save(); give(user, MANAGER)
"""
AFTER = re.compile(r'hx-get="[^"]*lines/\?after=(\d+)')
NUMBER = re.compile(r"/staff/conversations/(\d+)/")


class Desk:
    """A member of staff with one conversation open in a browser."""

    def __init__(self, site: str) -> None:
        self._site, self._session = site, requests.Session()
        self._session.trust_env = False
        self._get("/staff/login/")
        self._post("/staff/login/", username="live", password=PASSWORD)
        self._here, self._after = "", ""

    def find(self, word: str) -> str:
        """The number of the conversation in which a word was written, once it is in the inbox."""
        found = NUMBER.findall(self._get(f"/staff/?q={word}"))
        return str(found[0]) if found else ""

    def open(self, number: str) -> None:
        """Look at a conversation."""
        self._here = f"/staff/conversations/{number}"
        self._after = _after(self._get(f"{self._here}/"))

    def sees(self, words: str, since: float) -> float:
        """The seconds until the open page has shown these words."""
        while time.perf_counter() - since < PATIENCE:
            told = self._get(f"{self._here}/lines/?after={self._after}", **{"HX-Polling": "1"})
            self._after = _after(told) if told else self._after
            if words in told:
                return time.perf_counter() - since
            time.sleep(POLL)
        raise NotMeasured("staff never saw a message")

    def take_over(self) -> None:
        """Answer oneself."""
        self._post(f"{self._here}/take-over/")

    def write(self, words: str) -> None:
        """Write to the visitor."""
        self._post(f"{self._here}/write/", text=words, token=str(uuid.uuid4()))

    def _get(self, path: str, **headers: str) -> str:
        answer = self._session.get(f"{self._site}{path}", headers=headers, timeout=PATIENCE)
        answer.raise_for_status()
        return answer.text

    def _post(self, path: str, **given: str) -> None:
        headers = {"X-CSRFToken": str(self._session.cookies["csrftoken"]), "Referer": self._site}
        place = f"{self._site}{path}"
        answer = self._session.post(place, data=given, headers=headers, timeout=PATIENCE)
        answer.raise_for_status()


def live(databases: Databases, times: int) -> list[Row]:
    """The lines of the table, with the stores of a database as full as they are.

    Raises:
        NotMeasured: something did not run.
    """
    stage(f"{databases.name}: everything runs, a visitor and one of the staff write")
    stack = Stack(databases.folder, **{**databases.env, **dict.fromkeys(PACES, ENDLESS)})
    try:
        _employ(stack)
        stack.start("assistant", "actions", "console")
        there, back = _talk(stack, times)
    except (AssertionError, requests.RequestException) as error:
        raise NotMeasured(f"{databases.name}: the running product: {error}") from error
    finally:
        stack.close()
    name = databases.name
    return [
        Row(f"{name}: visitor to staff, median", statistics.median(there), unit="s", digits=2),
        Row(f"{name}: ... worst of {times}", max(there), unit="s", digits=2, limit=Limit(2)),
        Row(f"{name}: staff to visitor, median", statistics.median(back), unit="s", digits=2),
        Row(f"{name}: ... worst of {times}", max(back), unit="s", digits=2, limit=Limit(1)),
    ]


def _talk(stack: Stack, times: int) -> tuple[list[float], list[float]]:
    visitor, desk = Visitor(stack.chat), Desk(stack.site)
    word = f"z{uuid.uuid4().hex}"
    visitor.say(f"how much is a massage {word}")
    _open(desk, word)
    there, back, chance = [], [], random.Random(3)
    for number in range(times):
        time.sleep(chance.random())  # so that nobody writes in step with a look
        words = f"message {number} of the visitor"
        there.append(_while(partial(visitor.say, words), partial(desk.sees, words)))
    desk.take_over()
    for number in range(times):
        words = f"answer {number} of the staff"
        back.append(_while(partial(desk.write, words), partial(_heard, visitor, words)))
    return there, back


def _open(desk: Desk, word: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not (number := desk.find(word)):
        if time.monotonic() > ends:
            raise NotMeasured("the conversation never came into the inbox")
        time.sleep(0.2)
    desk.open(number)


def _while(write: Callable[[], object], see: Callable[[float], float]) -> float:
    """Seconds from the moment at which something is sent to that at which it is seen."""
    sender = threading.Thread(target=write)
    began = time.perf_counter()
    sender.start()
    took = see(began)
    sender.join()
    return took


def _heard(visitor: Visitor, words: str, since: float) -> float:
    """The seconds until the visitor's open stream has told these words."""
    place = f"{visitor.chat}/stream?after=0"
    headers = {"Authorization": f"Bearer {visitor.token}"}
    with requests.get(place, headers=headers, stream=True, timeout=PATIENCE) as stream:
        for line in stream.iter_lines():
            if words.encode() in line:
                return time.perf_counter() - since
    raise NotMeasured("the visitor never heard an answer")


def _employ(stack: Stack) -> None:
    env = stack.env | {"DJANGO_SETTINGS_MODULE": "frontdesk.console.settings"}
    done = subprocess.run([sys.executable, "-c", EMPLOY], env=env, capture_output=True, text=True)
    if done.returncode:
        raise NotMeasured(f"no account could be made: {done.stderr[-300:]}")


def _after(page: str) -> str:
    found = AFTER.findall(page)
    return str(found[-1]) if found else "0"
