"""Reads which days somebody names: "next Friday", "the 22nd", "in two weeks", "the weekend"."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import Any

IMPOSSIBLE = "impossible"  # what is wrong with a day that no calendar has
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Stands in the text for a day that was read, so that "5 on Friday" and "Friday 5" are clock times.
DAY = "thatday"
WEEKDAY = "(" + "|".join(WEEK) + ")"
_MONTH = r"(?:" + "|".join(MONTHS) + r")[a-z]*"
_ORDINAL = r"(\d{1,2})(?:st|nd|rd|th)?"

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
_RELATIVE = re.compile(
    r"\b(?:today|tonight|day after tomorrow|tomorrow|in (?:a|an|\d+|two|three|four|five|six)"
    r" (?:days?|weeks?|fortnight|months?)|a week from (?:today|now|tomorrow)|this morning"
    r"|this afternoon|this evening)\b"
)
_WEEKDAY_DATE = re.compile(
    rf"\b{WEEKDAY}s?,?\s+(?:the\s+)?"
    rf"(?=\d{{1,2}}(?:st|nd|rd|th)\b|{_MONTH}\s+{_ORDINAL}\b|\d{{1,2}}\s+{_MONTH}\b|\d{{1,2}}/\d)"
)
_WEEKDAYS = re.compile(
    rf"\b(next|this|coming|a week on|week on)?\s*(?:week\s+)?{WEEKDAY}s?\b(\s+week\b)?"
)
_SPANS = re.compile(r"\b(next week|this week|(?:this |next |the )?weekend|next month)\b")

Range = tuple[datetime.date, datetime.date]  # the first day and the last


class Days:
    """The days that a text names: ``found``, what is wrong, and the ``rest`` of the text."""

    def __init__(self, text: str, today: datetime.date) -> None:
        self.found: list[Range] = []
        self.problem = ""
        self._today = today
        self.rest = self._without_ahead(text)
        self.found = list(dict.fromkeys(self.found))

    def _without_ahead(self, text: str) -> str:
        text = _WEEKDAY_DATE.sub("the ", text)  # "Friday the 13th": the date tells the day
        text = _NUMERIC.sub(self._numeric, text)
        text = _DATE.sub(self._date, text)
        text = _RELATIVE.sub(self._relative, text)
        text = _WEEKDAYS.sub(self._weekday, text)
        if not self.found:
            text = _OF_MONTH.sub(self._of_month, text)
        span = None if self.found else _SPANS.search(text)
        if span:
            self.found.append(_span(span.group(1), self._today))
        return text

    def _take(self, day: datetime.date | None) -> None:
        if day is None:
            self.problem = IMPOSSIBLE
        else:
            self.found.append((day, day))

    def _numeric(self, match: re.Match[str]) -> str:
        month, day, year, *iso = match.groups()
        if iso[0]:
            self._take(_date(int(iso[0]), int(iso[1]), int(iso[2])))
        else:
            self._take(_coming(int(month), int(day), self._today, year))
        return " "

    def _date(self, match: re.Match[str]) -> str:
        month, day, year, day2, month2, year2 = match.groups()
        number = MONTHS.index((month or month2)[:3]) + 1
        self._take(_coming(number, int(day or day2), self._today, year or year2))
        return " "

    def _relative(self, match: re.Match[str]) -> str:
        text = match.group()
        self._take(_relative(text, self._today))
        # the part of the day in "this evening" and "tonight" is read afterwards
        is_part = text == "tonight" or text.startswith("this ")
        return f"{text} {DAY}" if is_part else f" {DAY}"

    def _weekday(self, match: re.Match[str]) -> str:
        before = "week on" if match.group(3) else match.group(1) or ""
        self._take(_weekday(before, match.group(2), self._today))
        return f" {DAY}"

    def _of_month(self, match: re.Match[str]) -> str:
        self._take(_of_month(int(match.group(1)), self._today))
        return " "


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
        next_monday = today + _ahead(7 - today.weekday())
        return next_monday + _ahead(WEEK.index(name))
    if before.endswith("week on"):
        return today + _ahead(ahead + 7)
    return today + _ahead(ahead)


def _span(name: str, today: datetime.date) -> tuple[datetime.date, datetime.date]:
    next_monday = today + _ahead(7 - today.weekday())
    if name == "this week":
        return today, next_monday - _ahead(1)
    if name == "next month":
        first = (today.replace(day=1) + _ahead(32)).replace(day=1)
        return first, (first + _ahead(32)).replace(day=1) - _ahead(1)
    if "weekend" in name:
        saturday = next_monday + _ahead(5) if name.startswith("next") else next_monday - _ahead(2)
        return max(saturday, today), max(saturday, today) + _ahead(1)
    return next_monday, next_monday + _ahead(6)


@lru_cache(maxsize=1)
def _dateparser() -> Any:
    # dateparser has no types
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]  # half a second to import, and not always needed

    settings = {"PREFER_DATES_FROM": "future", "RETURN_AS_TIMEZONE_AWARE": False}
    return DateDataParser, settings


def _ahead(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def _relative(text: str, today: datetime.date) -> datetime.date | None:
    """ "Tomorrow", "in two weeks": dateparser knows them."""
    plain = text.removeprefix("this ")
    if plain in ("morning", "afternoon", "evening", "tonight", "today"):
        return today
    if text == "day after tomorrow":
        return today + _ahead(2)
    if text == "in a fortnight":
        return today + _ahead(14)
    week = re.fullmatch(r"a week from (today|now|tomorrow)", text)
    if week:
        return today + _ahead(8 if week.group(1) == "tomorrow" else 7)
    kind, usual = _dateparser()
    base = datetime.datetime.combine(today, datetime.time(12))
    parsed = kind(languages=["en"], settings={**usual, "RELATIVE_BASE": base}).get_date_data(text)
    return parsed.date_obj.date() if parsed.date_obj else None
