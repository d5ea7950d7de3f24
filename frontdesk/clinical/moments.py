"""Reads when somebody wants to come: "next Friday at 5", "tomorrow arvo", "after work"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from frontdesk.clinical.clocks import DAY_END, Clocks, Part, TimeWords
from frontdesk.clinical.days import IMPOSSIBLE as IMPOSSIBLE
from frontdesk.clinical.days import WEEK as WEEK
from frontdesk.clinical.days import WEEKDAY, Days, Range
from frontdesk.clinical.loading import entries
from frontdesk.domain.clinic import Clinic

PAST = "past"  # what is wrong with a moment that is gone
# neither what has lasted "since Monday" nor "on a scale of 1 to 10" is a wish
_NO_WISH = re.compile(
    rf"\b(?:ever )?since (?:last |this )?(?:{WEEKDAY}s?|morning|afternoon)\b"
    r"|\bscale (?:of|from) \w+ ?(?:to|-|out of) ?\w+"
)
_BEFORE_NOW = re.compile(
    rf"\b{WEEKDAY} last week\b|\byesterday\b|\blast (?:week|month|night|year|{WEEKDAY})\b"
    r"|\b(?:\d+|a|two) (?:days?|weeks?) ago\b"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """When somebody wants to come: an instant, or with ``until`` any time between the two.

    ``has_day`` and ``has_clock`` tell which of the two was said; the other is a guess.
    """

    at: datetime.datetime
    until: datetime.datetime | None = None
    has_day: bool = True
    has_clock: bool = True

    def as_text(self) -> str:
        """ISO 8601, an instant or an interval."""
        begins = self.at.isoformat(timespec="minutes")
        return f"{begins}/{self.until.isoformat(timespec='minutes')}" if self.until else begins


@dataclass(frozen=True, slots=True)
class When:
    """All a message says about when; ``problem`` is PAST, IMPOSSIBLE or empty."""

    moments: tuple[Moment, ...] = ()
    problem: str = ""


class Times:
    """Reads moments in a clinic's time zone, knowing its hours and the words for times."""

    def __init__(self, words: Mapping[str, TimeWords], clinic: Clinic) -> None:
        self._zone = ZoneInfo(clinic.time_zone)
        self._clocks = Clocks(words, clinic.hours.values())
        self._plain = {
            re.compile(rf"\b{re.escape(word)}\b(?!\w)"): one.means
            for one in words.values()
            if one.means
            for word in one.words
        }

    def read(self, text: str, now: datetime.datetime | None = None) -> When:
        """What a message says about when."""
        now = (now or datetime.datetime.now(self._zone)).astimezone(self._zone)
        plain = text.lower().replace("\u2019", "'")
        for pattern, means in self._plain.items():
            plain = pattern.sub(means, plain)
        plain = _NO_WISH.sub(" ", plain)
        is_before = bool(_BEFORE_NOW.search(plain))
        named = Days(_BEFORE_NOW.sub(" ", plain), now.date())
        days = named.found
        try:
            clocks, part = self._clocks.read(named.rest, days[0][0] if days else None)
        except ValueError:  # "at 25:00"
            return When(problem=IMPOSSIBLE)
        if is_before and not days:
            return When(problem=PAST)
        if named.problem and not days:
            return When(problem=named.problem)
        moments = self._together(days, clocks, part, now)
        ahead = tuple(one for one in moments if (one.until or one.at) > now)
        if moments and not ahead:
            return When(problem=PAST)
        return When(ahead)

    def _together(
        self,
        days: list[Range],
        clocks: list[datetime.time],
        part: Part | None,
        now: datetime.datetime,
    ) -> list[Moment]:
        moments = []
        named: list[tuple[datetime.date | None, datetime.date | None]] = [*days]
        for first, last in named or [(None, None)]:
            for clock in clocks:
                day = first or self._next_day(clock, now)
                if first == last:
                    at = datetime.datetime.combine(day, clock, self._zone)
                    moments.append(Moment(at, None, first is not None))
            if clocks and first == last:
                continue
            if first is None:
                if part:
                    day = (
                        now.date()
                        if part[1] > now.time()
                        else now.date() + datetime.timedelta(days=1)
                    )
                    moments.append(self._interval(day, day, part, has_day=False))
                continue
            begin_end = part or (datetime.time(0), DAY_END)
            moments.append(
                self._interval(first, last or first, begin_end, has_clock=part is not None)
            )
        return moments

    def _interval(
        self,
        first: datetime.date,
        last: datetime.date,
        part: Part,
        *,
        has_day: bool = True,
        has_clock: bool = True,
    ) -> Moment:
        begins = datetime.datetime.combine(first, part[0], self._zone)
        ends = datetime.datetime.combine(last, part[1], self._zone)
        return Moment(begins, ends, has_day, has_clock)

    @staticmethod
    def _next_day(clock: datetime.time, now: datetime.datetime) -> datetime.date:
        return now.date() if clock > now.time() else now.date() + datetime.timedelta(days=1)


def load_times(data: Path, clinic: Clinic) -> Times:
    """The words of ``data/times/`` for a clinic.

    Raises:
        DataFileError: naming file, entry and key.
    """
    return Times(entries(data / "times", TimeWords), clinic)
