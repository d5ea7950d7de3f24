"""Reads clock times and parts of a day: "at 5", "half past 4", "between 2 and 4", "arvo"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from frontdesk.clinical.days import DAY

MOST_HOURS = 24
DAY_END = datetime.time(23, 59)
_SPOKEN = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"],
        start=1,
    )
} | {"twelve": 12}
_HOUR = r"(\d{1,2}|" + "|".join(_SPOKEN) + r")"
_HALF = r"(a\.?m\b\.?|p\.?m\b\.?|o'?\s?clock(?:\s+in the (?:morning|afternoon|evening))?)"

_RANGE = re.compile(
    rf"\b(?:between\s+|from\s+)?{_HOUR}(?::(\d\d))?\s*{_HALF}?\s*(?:-|\u2013|to|and|till|until|or)\s*"
    rf"{_HOUR}(?::(\d\d))?\s*{_HALF}"
    rf"|\b(?:between|from)\s+{_HOUR}(?::(\d\d))?\s+(?:and|to|till|until)\s+{_HOUR}(?::(\d\d))?\b"
)
_OPEN = re.compile(
    rf"\b(after|any ?time after|from|later than|past|before|by|no later than|until)\s+"
    rf"{_HOUR}(?::(\d\d))?\s*{_HALF}?(?=\s|[,.!?]|$)"
)
_CLOCK = re.compile(
    rf"\b{_HOUR}(?:[:.](\d\d))?\s*{_HALF}"
    rf"|\b(?:at|by|around|about|for|@|round|approx|say|to|make it|do|{DAY},?)"
    rf"\s*{_HOUR}(?:[:.](\d\d))?(?:ish)?"
    r"(?=\s*(?:$|[,.!?;)]|ish|or so|on\b|this\b|next\b|tonight|please|pls|if|for my"
    rf"|in the|with|works?|instead|then|rather|not|that|{DAY}))"
    rf"|\b(\d{{1,2}})(?:[:.](\d\d))?\s+(?:on\s+)?{DAY}\b"  # "5 on Friday", "11 tomorrow"
    r"|@\s*(\d{1,2})(?::(\d\d))?\b|\b([01]?\d|2[0-3]):([0-5]\d)\b"
    rf"|\b(half past|half|quarter past|quarter to)\s+{_HOUR}\b"
)
_NOON = re.compile(r"\b(noon|midday|12 noon|midnight)\b")

Part = tuple[datetime.time, datetime.time]  # when a part of a day begins and ends


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words for a part of the day (``begins`` and ``ends`` as HH:MM), or for a day (``means``)."""

    words: tuple[str, ...]
    means: str = ""
    begins: str = ""
    ends: str = ""


class Clocks:
    """Reads clock times as a clinic with these opening hours would."""

    def __init__(
        self, words: Mapping[str, TimeWords], hours: Iterable[Sequence[str] | None]
    ) -> None:
        self._hours = list(hours)
        self._parts = [
            (re.compile(rf"\b{re.escape(word)}\b"), clock(one.begins), clock(one.ends))
            for one in words.values()
            if one.begins
            for word in sorted(one.words, key=len, reverse=True)
        ]

    def read(self, text: str, day: datetime.date | None) -> tuple[list[datetime.time], Part | None]:
        """The clock times that a text names for a day, or the part of a day.

        Raises:
            ValueError: there is no such time.
        """
        part = self._between(text, day) or self._open(text, day)
        if part:
            return [], part
        found = (self._clock(match, day) for match in _CLOCK.finditer(text))
        clocks = [one for one in found if one is not None]
        noon = _NOON.search(text)
        if noon and not clocks:
            clocks.append(datetime.time(0 if noon.group(1) == "midnight" else 12))
        if clocks:
            return list(dict.fromkeys(clocks)), None
        parts = [(begins, ends) for word, begins, ends in self._parts if word.search(text)]
        return [], parts[0] if parts else None

    def _between(self, text: str, day: datetime.date | None) -> Part | None:
        ranged = _RANGE.search(text)
        if not ranged:
            return None
        h1, m1, half1, h2, m2, half2, h3, m3, h4, m4 = ranged.groups()[:10]
        if not h1:
            return _ordered(self._time(h3, m3, "", day), self._time(h4, m4, "", day))
        begins, ends = self._time(h1, m1, half1 or half2, day), self._time(h2, m2, half2, day)
        if begins > ends and not half1:  # "11-1pm": the first is before noon
            begins = self._time(h1, m1, "am", day)
        return _ordered(begins, ends)

    def _open(self, text: str, day: datetime.date | None) -> Part | None:
        """ "After 5", "before 10": a time that is open to one side."""
        opened = _OPEN.search(text)
        if not opened or opened.group(1) in ("by", "past", "from"):
            return None
        at = self._time(opened.group(2), opened.group(3), opened.group(4) or "", day)
        is_before = opened.group(1) in ("before", "no later than", "until")
        return (datetime.time(0), at) if is_before else (at, DAY_END)

    def _clock(self, match: re.Match[str], day: datetime.date | None) -> datetime.time | None:
        """One clock time, None for a number that is none: "about 60"."""
        g = match.groups()
        if g[0]:
            return self._time(g[0], g[1], g[2], day)
        for hour, minute in ((g[3], g[4]), (g[5], g[6])):
            if hour and (minute or hour in _SPOKEN or int(hour) <= MOST_HOURS):
                return self._time(hour, minute, "", day)
        if g[7]:
            return self._time(g[7], g[8], "", day)
        if g[9]:
            return datetime.time(int(g[9]), int(g[10]))
        return self._fraction(g[11], g[12], day) if g[11] else None

    def _fraction(self, kind: str, hour: str, day: datetime.date | None) -> datetime.time:
        exact = self._time(hour, None, "", day)
        minutes = {"quarter past": 15, "quarter to": -15}.get(kind, 30)
        moved = datetime.datetime.combine(datetime.date(2000, 1, 2), exact)
        return (moved + datetime.timedelta(minutes=minutes)).time()

    def _time(
        self, hour: str, minute: str | None, half: str | None, day: datetime.date | None
    ) -> datetime.time:
        """A clock time; without am or pm the half of the day in which we are open."""
        number = _SPOKEN[hour] if hour in _SPOKEN else int(hour)
        minutes = int(minute or 0)
        if number > MOST_HOURS or minutes > 59:
            raise ValueError("no such time")
        number %= MOST_HOURS
        half = (half or "").replace(".", "")
        if "morning" in half:
            half = "am"
        elif "afternoon" in half or "evening" in half:
            half = "pm"
        if half.startswith("p") and number < 12:
            number += 12
        elif half.startswith("a"):
            number %= 12
        elif number <= 12:
            early, late = (
                datetime.time(number % 12, minutes),
                datetime.time(number % 12 + 12, minutes),
            )
            if self._is_open(late, day) or (not self._is_open(early, day) and number < 8):
                return late
            return datetime.time(number, minutes)
        return datetime.time(number, minutes)

    def _is_open(self, at: datetime.time, day: datetime.date | None) -> bool:
        weeks = [self._hours[day.weekday()]] if day and self._hours[day.weekday()] else self._hours
        return any(week and clock(week[0]) <= at < clock(week[1]) for week in weeks)


def clock(text: str) -> datetime.time:
    """The time of "HH:MM"."""
    hour, minute = (int(part) for part in text.split(":"))
    return datetime.time(hour, minute)


def _ordered(begins: datetime.time, ends: datetime.time) -> tuple[datetime.time, datetime.time]:
    return (begins, ends) if begins <= ends else (ends, begins)
