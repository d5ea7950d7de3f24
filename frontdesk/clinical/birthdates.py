"""Finds birth dates in a text: dates beside "born" or "birthday", and full dates long past."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.clinical.private import Kind, Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b"
_YEAR = r"(?:(?:19|20)\d\d|'?\d\d)\b(?!\s*(?::|am\b|pm\b|min|hour))"
_WHOLE_YEAR = r"(?:19|20)\d\d"
_NUMERIC = (
    r"\d{1,2}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?(?:\d{4}|\d{2})(?!\d)"
    rf"|{_WHOLE_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}"
)
_LONG = (
    rf"{_MONTH}\s*(?:the\s+)?{_DAY}(?:\s*,?\s*(?:of\s+)?{_YEAR})?"
    rf"|{_DAY}\s*(?:of\s+)?{_MONTH}(?:\s*,?\s*(?:of\s+)?{_YEAR})?"
    rf"|{_MONTH}\s*,?\s*{_WHOLE_YEAR}\b"
)
_SHORT = rf"\b(?:0[1-9]|1[0-2]|\d)/\d{{1,2}}\b|{_WHOLE_YEAR}\b|\b\d{{8}}\b|\b\d{{6}}\b"
_DATE = rf"(?:{_NUMERIC}|{_LONG}|{_SHORT})"
_FULL = (
    rf"(?:{_NUMERIC}|{_MONTH}\s*{_DAY}\s*,?\s*{_WHOLE_YEAR}\b"
    rf"|{_DAY}\s*(?:of\s+)?{_MONTH}\s*,?\s*{_WHOLE_YEAR}\b)"
)
_CUE = (
    r"(?:\bborn\b|\bd\.?o\.?b\b\.?|\bdate of birth\b|\bbirth\s?date\b"
    r"|\bb-?day\b\s*(?:is|:)|\bbirthday\b\s*(?:is|'s|:))"
)
_FILLER = r"[^.?!\n\ue000\d]{0,18}?"
_AFTER = re.compile(rf"{_CUE}{_FILLER}({_DATE})", re.IGNORECASE)
_BEFORE = re.compile(
    rf"({_FULL})[^.?!\n\ue000\d]{{0,12}}?"
    r"(?:\bi was born\b"
    r"|\bis (?:my|her|his) (?:d\.?o\.?b|date of birth|birth\s?date|birthday|b-?day)\b)",
    re.IGNORECASE,
)
_PARTY = re.compile(rf"\b(?:birthday|b-?day)\b{_FILLER}({_FULL})", re.IGNORECASE)
# A full date of somebody's youth that no word makes the date of something else
_BARE = re.compile(
    r"(?:^|[,;:(\n\ue000]|\band\b)\s*(\d{1,2}[-/.]\d{1,2}[-/.](?:19\d\d|200\d)"
    r"|(?:19\d\d|200\d)[-/.]\d{1,2}[-/.]\d{1,2})\s*(?=$|[,;.)\n\ue000])"
)
_LAST_BIRTH_YEAR = 2012  # a date after it, without a cue, is more likely one of a visit


def birth_dates(text: str) -> Iterator[Span]:
    """The birth dates of a text; an age is none, nor is the day of a visit."""
    if _mentions_birth(text):
        for pattern in (_AFTER, _BEFORE):
            for match in pattern.finditer(text):
                yield Span(*match.span(1), Kind.BIRTH_DATE)
        for match in _PARTY.finditer(text):
            if _is_past(match.group(1)):
                yield Span(*match.span(1), Kind.BIRTH_DATE)
    for match in _BARE.finditer(text):
        yield Span(*match.span(1), Kind.BIRTH_DATE)


def _mentions_birth(text: str) -> bool:
    low = text.lower()
    return any(word in low for word in ("born", "birth", "dob", "d.o.b", "bday", "b-day"))


def _is_past(date: str) -> bool:
    year = re.search(r"(?:19|20)\d\d", date)
    return year is None or int(year.group()) <= _LAST_BIRTH_YEAR
