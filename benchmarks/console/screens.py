"""Opens the staff screens as a browser would, and takes the time of each."""

from __future__ import annotations

import datetime
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.console.crowd import DAYS, RARE
from benchmarks.console.making import Facts
from benchmarks.places import NotMeasured

COMMON = ("massage", "book", "hurts back")
BACK = 12  # stretches paged back in a long conversation


@dataclass(slots=True)
class Times:
    """Seconds that requests took, by their kind."""

    kinds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, kind: str, seconds: float) -> None:
        """Note one."""
        self.kinds.setdefault(kind, []).append(seconds)

    def slow(self) -> float:
        """What 19 of 20 stay below, in milliseconds."""
        return percentile([one for some in self.kinds.values() for one in some])

    def worst(self) -> tuple[str, float]:
        """The slowest kind, and its milliseconds."""
        slowest = {kind: percentile(some) for kind, some in self.kinds.items()}
        kind = max(slowest, key=lambda one: slowest[one])
        return kind, slowest[kind]


def percentile(seconds: Sequence[float], share: float = 0.95) -> float:
    """In milliseconds."""
    ranked = sorted(seconds)
    return 1000 * ranked[min(int(share * len(ranked)), len(ranked) - 1)]


class Screens:
    """The console's pages, for somebody who is logged in."""

    def __init__(self) -> None:
        from django.conf import settings
        from django.contrib.auth.models import User
        from django.test import Client

        from frontdesk.console.conversations.models import SavedView

        settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
        self._user = User.objects.get(username="maya")
        self._client = Client(headers={"user-agent": "benchmark"})
        self._client.force_login(self._user, "django.contrib.auth.backends.ModelBackend")
        self._random = random.Random(5)
        for query in ("need=any", "channel=website&trait=booked", "intent=ask_price"):
            SavedView.objects.get_or_create(owner=self._user, name=query, query=query)

    def inbox(self, requests: int) -> Times:
        """The inbox in every way one can look at it, in mixed order."""
        asked = list(self._asked(requests))
        for _, address, headers in asked[:20]:
            self._took(address, headers)  # so that no first use of anything counts
        times = Times()
        for kind, address, headers in asked:
            times.add(kind, self._took(address, headers))
        return times

    def conversations(self, facts: Facts, requests: int) -> Times:
        """Ordinary and very long ones, opened, looked at again, and paged back in."""
        from frontdesk.console.conversations.models import Conversation

        numbers = list(Conversation.objects.order_by("pk").values_list("pk", flat=True))
        ordinary = self._random.sample(numbers, min(requests, len(numbers)))
        longest = list(Conversation.objects.order_by("-turns").values_list("pk", flat=True)[:5])
        times = Times()
        for number in ordinary:
            times.add("ordinary", self._took(f"/staff/conversations/{number}/"))
        for number in longest * max(1, requests // 20):
            times.add("very long", self._took(f"/staff/conversations/{number}/"))
        for number in longest:
            for seconds in self._back(number):
                times.add("paging back", seconds)
        return times

    def nothing(self) -> Times:
        """A page that reads nothing, which tells how busy the machine is with other work."""
        times = Times()
        for _ in range(100):
            times.add("nothing", self._took("/health/"))
        return times

    def figures(self) -> Times:
        """The page of figures and what it loads."""
        times = Times()
        for days in (7, 30, 90) * 4:
            times.add(f"{days} days", self._took(f"/staff/figures/?days={days}"))
        return times

    def _back(self, number: int) -> Iterator[float]:
        """From the end of a conversation towards its beginning."""
        from frontdesk.console.conversations import page
        from frontdesk.console.conversations.models import Conversation
        from frontdesk.console.conversations.store import store

        key = Conversation.objects.get(pk=number).key
        before: int | None = None
        for _ in range(BACK):
            writer = page.Writer((), is_revealed=True)
            before = page.last_lines(store(), key, writer, before).older
            if before is None:
                return
            yield self._took(f"/staff/conversations/{number}/lines/?before={before}")

    def _took(self, address: str, headers: dict[str, str] | None = None) -> float:
        began = time.perf_counter()
        answer = self._client.get(address, headers=headers)
        took = time.perf_counter() - began
        if answer.status_code not in (200, 204):
            raise NotMeasured(f"{address} was answered with {answer.status_code}")
        return took

    def _asked(self, requests: int) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Kind, address and headers, all kinds about as often."""
        singles = _singles()
        kinds = [f"filter {name}" for name in singles]
        kinds += ["inbox", "two filters", "three filters", "saved view", "rare word"]
        kinds += ["common words", "words and a filter", "older", "older, filtered", "rows", "news"]
        for number in range(max(requests, len(kinds) * 8)):
            kind = kinds[number % len(kinds)]
            yield kind, *self._one(kind, singles)

    def _one(self, kind: str, singles: dict[str, list[str]]) -> tuple[str, dict[str, str]]:
        asked: dict[str, str] = {}
        headers: dict[str, str] = {}
        if kind.startswith("filter "):
            asked = self._some(singles, [kind.removeprefix("filter ")])
        elif kind in ("two filters", "saved view", "three filters"):
            many = 3 if kind == "three filters" else 2
            asked = self._some(singles, self._random.sample(sorted(singles), many))
        elif kind in ("words and a filter", "common words", "rare word"):
            asked = self._some(singles, ["channel"] if kind == "words and a filter" else [])
            asked["q"] = RARE if kind == "rare word" else self._random.choice(COMMON)
        elif kind == "older, filtered":
            asked = self._some(singles, [self._random.choice(["channel", "intent", "trait"])])
        if kind.startswith("older"):
            now = datetime.datetime.now(datetime.timezone.utc)
            before = now - datetime.timedelta(days=self._random.random() * DAYS)
            asked["before"] = before.isoformat()
        if kind == "rows":
            headers = {"HX-Request": "true", "HX-Polling": "1"}
        if kind == "news":
            return "/staff/news/", headers
        return f"/staff/?{urlencode(asked)}", headers

    def _some(self, singles: dict[str, list[str]], names: Sequence[str]) -> dict[str, str]:
        return {name: self._random.choice(singles[name]) for name in names}


def _singles() -> dict[str, list[str]]:
    """Every filter with every value that there is."""
    from frontdesk.console.conversations import selectors
    from frontdesk.console.conversations.filters import RECENT, WHOSE
    from frontdesk.console.conversations.models import Need, Trait

    known = {kind: values for kind, values in selectors.known_values().items() if values}
    return known | {
        "need": ["any", *Need.values],
        "trait": list(Trait.values),
        "recent": list(RECENT),
        "whose": list(WHOSE),
        "unread": ["yes"],
        "reviewed": ["yes", "no"],
        "booked": ["yes", "no"],
    }
