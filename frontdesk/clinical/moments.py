"""Reads when somebody wants to come: "next Friday at 5", "tomorrow arvo", "after work"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from frontdesk.clinical.loading import entries
from frontdesk.domain.clinic import Clinic

PAST, IMPOSSIBLE = "past", "impossible"
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MOST_HOURS = 24
_DAY_END = datetime.time(23, 59)
_SPOKEN = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"],
        start=1,
    )
} | {"twelve": 12}
_HOUR = r"(\d{1,2}|" + "|".join(_SPOKEN) + r")"
_HALF = r"(a\.?m\b\.?|p\.?m\b\.?|o'?\s?clock(?:\s+in the (?:morning|afternoon|evening))?)"
_WEEKDAY = "(" + "|".join(WEEK) + ")"
_MONTH = r"(?:" + "|".join(MONTHS) + r")[a-z]*"
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"

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
    rf"|\b(?:at|around|about|for|@|round|approx|say|to|make it|do)\s*{_HOUR}(?:[:.](\d\d))?(?:ish)?"
    rf"(?=\s*(?:$|[,.!?;)]|ish|or so|on\b|this\b|next\b|today|tomorrow|tonight|please|pls|if|for my"
    rf"|in the|with|works?|instead|then|rather|not|that|{_WEEKDAY}))"
    rf"|@\s*(\d{{1,2}})(?::(\d\d))?\b|\b([01]?\d|2[0-3]):([0-5]\d)\b"
    rf"|\b(half past|half|quarter past|quarter to)\s+{_HOUR}\b"
)
_NOON = re.compile(r"\b(noon|midday|12 noon|midnight)\b")
_NUMERIC = re.compile(r"\b(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?\b|\b(\d{4})-(\d\d)-(\d\d)\b")
_DATE = re.compile(
    rf"\b({_MONTH})\s+(?:the\s+)?{_ORDINAL}\b(?:,?\s+(\d{{4}}))?"
    rf"|\b(?:the\s+)?{_ORDINAL}\s+(?:of\s+)?({_MONTH})\b(?:,?\s+(\d{{4}}))?"
)
# "the 22nd", "22nd at 4"; neither "my 2nd visit" nor "the 48th street"
_OF_MONTH = re.compile(
    r"\b(?:(?:the|on)\s+)*(\d{1,2})(?:st|nd|rd|th)\b"
    r"(?=\s*(?:$|[^\w\s]|\d|(?:a|about|after|afternoon|and|any|anytime|around|arvo|at|available"
    r"|before|between|but|by|can|could|do|does|either|evening|for|free|from|half|have|i|if|in"
    r"|instead|is|late|lunchtime|maybe|midday|might|morning|noon|of|or|please|pls|possible|quarter"
    r"|should|so|sometime|suits?|thanks?|then|till|to|until|we|when|will|with|works?|would|you"
    r")\b))"
)
# neither what has lasted "since Monday" nor "on a scale of 1 to 10" is a wish
_NO_WISH = re.compile(
    rf"\b(?:ever )?since (?:last |this )?(?:{_WEEKDAY}s?|morning|afternoon)\b"
    r"|\bscale (?:of|from) \w+ ?(?:to|-|out of) ?\w+"
)
_BEFORE_NOW = re.compile(
    rf"\b{_WEEKDAY} last week\b|\byesterday\b|\blast (?:week|month|night|year|{_WEEKDAY})\b"
    r"|\b(?:\d+|a|two) (?:days?|weeks?) ago\b"
)
_RELATIVE = re.compile(
    r"\b(?:today|tonight|day after tomorrow|tomorrow|in (?:a|an|\d+|two|three|four|five|six)"
    r" (?:days?|weeks?|fortnight|months?)|a week from (?:today|now|tomorrow)|this morning"
    r"|this afternoon|this evening)\b"
)
_WEEKDAY_DATE = re.compile(
    rf"\b{_WEEKDAY}s?,?\s+(?:the\s+)?"
    rf"(?=\d{{1,2}}(?:st|nd|rd|th)\b|{_MONTH}\s+{_ORDINAL}\b|\d{{1,2}}\s+{_MONTH}\b|\d{{1,2}}/\d)"
)
_WEEKDAYS = re.compile(
    rf"\b(next|this|coming|a week on|week on)?\s*(?:week\s+)?{_WEEKDAY}s?\b(\s+week\b)?"
)
_SPANS = re.compile(r"\b(next week|this week|(?:this |next |the )?weekend|next month)\b")


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words for a part of the day (``begins`` and ``ends`` as HH:MM), or for a day (``means``)."""

    words: tuple[str, ...]
    means: str = ""
    begins: str = ""
    ends: str = ""


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
        self._hours = list(clinic.hours.values())
        self._plain = {
            re.compile(rf"\b{re.escape(word)}\b(?!\w)"): one.means
            for one in words.values()
            if one.means
            for word in one.words
        }
        self._parts = [
            (re.compile(rf"\b{re.escape(word)}\b"), _clock(one.begins), _clock(one.ends))
            for one in words.values()
            if one.begins
            for word in sorted(one.words, key=len, reverse=True)
        ]

    def read(self, text: str, now: datetime.datetime | None = None) -> When:
        """What a message says about when."""
        now = (now or datetime.datetime.now(self._zone)).astimezone(self._zone)
        plain = text.lower().replace("\u2019", "'")
        for pattern, means in self._plain.items():
            plain = pattern.sub(means, plain)
        plain = _NO_WISH.sub(" ", plain)
        is_before = bool(_BEFORE_NOW.search(plain))
        days, problem, rest = self._days(_BEFORE_NOW.sub(" ", plain), now)
        try:
            clocks, part = self._clocks(rest, days)
        except ValueError:  # "at 25:00"
            return When(problem=IMPOSSIBLE)
        if is_before and not days:
            return When(problem=PAST)
        if problem and not days:
            return When(problem=problem)
        moments = self._together(days, clocks, part, now)
        ahead = tuple(one for one in moments if (one.until or one.at) > now)
        if moments and not ahead:
            return When(problem=PAST)
        return When(ahead)

    def _days(
        self, text: str, now: datetime.datetime
    ) -> tuple[list[tuple[datetime.date, datetime.date]], str, str]:
        """The days named, each as first and last; what is wrong; and the text without dates."""
        found: list[tuple[datetime.date, datetime.date]] = []
        problem = ""
        today = now.date()

        def take(day: datetime.date | None) -> str:
            nonlocal problem
            if day is None:
                problem = IMPOSSIBLE
            else:
                found.append((day, day))
            return " "

        def numeric(match: re.Match[str]) -> str:
            month, day, year, *iso = match.groups()
            if iso[0]:
                return take(_date(int(iso[0]), int(iso[1]), int(iso[2])))
            return take(_coming(int(month), int(day), today, year))

        def date(match: re.Match[str]) -> str:
            month, day, year, day2, month2, year2 = match.groups()
            number = MONTHS.index((month or month2)[:3]) + 1
            return take(_coming(number, int(day or day2), today, year or year2))

        text = _WEEKDAY_DATE.sub("the ", text)  # "Friday the 13th": the date tells the day
        text = _NUMERIC.sub(numeric, text)
        text = _DATE.sub(date, text)
        text = _RELATIVE.sub(lambda m: _kept(m.group(), take(_relative(m.group(), now))), text)
        text = _WEEKDAYS.sub(
            lambda m: (
                take(_weekday("week on" if m.group(3) else m.group(1) or "", m.group(2), today))
                + "at "  # "Saturday 11"
            ),
            text,
        )
        if not found:
            text = _OF_MONTH.sub(
                lambda m: take(_of_month(int(m.group(1) or m.group(2)), today)), text
            )
        if not found:
            span = _SPANS.search(text)
            if span:
                found.append(_span(span.group(1), today))
        return list(dict.fromkeys(found)), problem, text

    def _clocks(
        self,
        text: str,
        days: list[tuple[datetime.date, datetime.date]],
    ) -> tuple[list[datetime.time], tuple[datetime.time, datetime.time] | None]:
        """The clock times named, or the part of a day; ValueError when there is no such time."""
        day = days[0][0] if days else None
        ranged = _RANGE.search(text)
        if ranged:
            h1, m1, half1, h2, m2, half2, h3, m3, h4, m4 = ranged.groups()[:10]
            if h1:
                begins, ends = (
                    self._time(h1, m1, half1 or half2, day),
                    self._time(h2, m2, half2, day),
                )
                if begins > ends and not half1:  # "11-1pm": the first is before noon
                    begins = self._time(h1, m1, "am", day)
                return [], _ordered(begins, ends)
            return [], _ordered(self._time(h3, m3, "", day), self._time(h4, m4, "", day))
        opened = _OPEN.search(text)
        if opened and opened.group(1) not in ("by", "past", "from"):
            clock = self._time(opened.group(2), opened.group(3), opened.group(4) or "", day)
            is_before = opened.group(1) in ("before", "no later than", "until")
            return [], (datetime.time(0), clock) if is_before else (clock, _DAY_END)
        clocks: list[datetime.time] = []
        for match in _CLOCK.finditer(text):
            g = match.groups()
            if g[0]:
                clocks.append(self._time(g[0], g[1], g[2], day))
            elif g[3] and (g[4] or g[3] in _SPOKEN or int(g[3]) <= MOST_HOURS):  # not "about 60"
                clocks.append(self._time(g[3], g[4], "", day))
            elif g[6]:
                clocks.append(self._time(g[6], g[7], "", day))
            elif g[8]:
                clocks.append(datetime.time(int(g[8]), int(g[9])))
            elif g[10]:
                clocks.append(self._fraction(g[10], g[11], day))
        noon = _NOON.search(text)
        if noon and not clocks:
            clocks.append(datetime.time(0 if noon.group(1) == "midnight" else 12))
        if clocks:
            return list(dict.fromkeys(clocks)), None
        parts = [(begins, ends) for word, begins, ends in self._parts if word.search(text)]
        return [], parts[0] if parts else None

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

    def _is_open(self, clock: datetime.time, day: datetime.date | None) -> bool:
        weeks = [self._hours[day.weekday()]] if day and self._hours[day.weekday()] else self._hours
        return any(week and _clock(week[0]) <= clock < _clock(week[1]) for week in weeks)

    def _together(
        self,
        days: list[tuple[datetime.date, datetime.date]],
        clocks: list[datetime.time],
        part: tuple[datetime.time, datetime.time] | None,
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
                    day = now.date() if part[1] > now.time() else now.date() + _days(1)
                    moments.append(self._interval(day, day, part, has_day=False))
                continue
            begin_end = part or (datetime.time(0), _DAY_END)
            moments.append(
                self._interval(first, last or first, begin_end, has_clock=part is not None)
            )
        return moments

    def _interval(
        self,
        first: datetime.date,
        last: datetime.date,
        part: tuple[datetime.time, datetime.time],
        *,
        has_day: bool = True,
        has_clock: bool = True,
    ) -> Moment:
        begins = datetime.datetime.combine(first, part[0], self._zone)
        ends = datetime.datetime.combine(last, part[1], self._zone)
        return Moment(begins, ends, has_day, has_clock)

    @staticmethod
    def _next_day(clock: datetime.time, now: datetime.datetime) -> datetime.date:
        return now.date() if clock > now.time() else now.date() + _days(1)


def load_times(data: Path, clinic: Clinic) -> Times:
    """The words of ``data/times/`` for a clinic.

    Raises:
        DataFileError: naming file, entry and key.
    """
    return Times(entries(data / "times", TimeWords), clinic)


def _days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def _clock(text: str) -> datetime.time:
    hour, minute = (int(part) for part in text.split(":"))
    return datetime.time(hour, minute)


def _ordered(begins: datetime.time, ends: datetime.time) -> tuple[datetime.time, datetime.time]:
    return (begins, ends) if begins <= ends else (ends, begins)


def _kept(text: str, _: str) -> str:
    """The part of the day in "this evening" and "tonight" is read afterwards."""
    return text if text in ("tonight",) or text.startswith("this ") else " "


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _coming(month: int, day: int, today: datetime.date, year: str | None) -> datetime.date | None:
    """The next such day; in the year when one is given."""
    if year:
        return _date(int(year) + (2000 if len(year) == 2 else 0), month, day)
    if month == 2 and day == 29:
        found = (_date(today.year + n, 2, 29) for n in range(8))
        return next((one for one in found if one and one >= today), None)
    this_year = _date(today.year, month, day)
    if this_year is None or this_year >= today:
        return this_year
    return _date(today.year + 1, month, day)


def _of_month(day: int, today: datetime.date) -> datetime.date | None:
    for ahead in range(3):
        month = (today.month - 1 + ahead) % 12 + 1
        year = today.year + (today.month - 1 + ahead) // 12
        found = _date(year, month, day)
        if found and found >= today:
            return found
    return None


def _weekday(before: str, name: str, today: datetime.date) -> datetime.date:
    """The day meant by "Friday" (the coming one) and "next Friday" (that of next week)."""
    ahead = (WEEK.index(name) - today.weekday()) % 7
    if before == "next":
        next_monday = today + _days(7 - today.weekday())
        return next_monday + _days(WEEK.index(name))
    if before.endswith("week on"):
        return today + _days(ahead + 7)
    return today + _days(ahead)


def _span(name: str, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    next_monday = today + _days(7 - today.weekday())
    if name == "this week":
        return today, next_monday - _days(1)
    if name == "next month":
        first = (today.replace(day=1) + _days(32)).replace(day=1)
        return first, (first + _days(32)).replace(day=1) - _days(1)
    if "weekend" in name:
        saturday = next_monday + _days(5) if name.startswith("next") else next_monday - _days(2)
        return max(saturday, today), max(saturday, today) + _days(1)
    return next_monday, next_monday + _days(6)


@lru_cache(maxsize=1)
def _dateparser() -> Any:
    # dateparser has no types
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]  # half a second to import, and not always needed

    settings = {"PREFER_DATES_FROM": "future", "RETURN_AS_TIMEZONE_AWARE": False}
    return DateDataParser, settings


def _relative(text: str, now: datetime.datetime) -> datetime.date | None:
    """ "Tomorrow", "in two weeks": dateparser knows them."""
    plain = text.removeprefix("this ")
    if plain in ("morning", "afternoon", "evening", "tonight", "today"):
        return now.date()
    if text == "day after tomorrow":
        return now.date() + _days(2)
    if text == "in a fortnight":
        return now.date() + _days(14)
    week = re.fullmatch(r"a week from (today|now|tomorrow)", text)
    if week:
        return now.date() + _days(8 if week.group(1) == "tomorrow" else 7)
    kind, usual = _dateparser()
    base = now.replace(tzinfo=None)
    parsed = kind(languages=["en"], settings={**usual, "RELATIVE_BASE": base}).get_date_data(text)
    return parsed.date_obj.date() if parsed.date_obj else None
