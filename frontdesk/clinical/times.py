"""How long ago something was, as a clause tells it."""

from __future__ import annotations

import datetime
import re

UNITS = {"hour": 0, "hr": 0, "day": 1, "week": 7, "wk": 7, "month": 30, "mth": 30, "year": 365}
UNITS |= {"yr": 365, "decade": 3650}
NUMBERS = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
NUMBERS |= {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 4, "fifteen": 15, "twenty": 20}
MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
UNIT = "|".join(UNITS)
NUMBER = r"\d{1,3}|" + "|".join(sorted(NUMBERS, key=len, reverse=True))
_AGO = re.compile(
    rf"\b({NUMBER})\+?(?:\s+(?:or\s+\w+|of))?\s*({UNIT})s?\s+(?:ago|back|before|earlier)\b"
    rf"|\b({NUMBER})\s*({UNIT})s?\s+(?:post|out from|out of|after)\b"
)
_LASTING = re.compile(
    rf"\b(?:for|past|last)\s+(?:the\s+\w+\s+|over\s+|about\s+|like\s+|a\s+)?(?:({NUMBER})\s+(?:of\s+)?)?({UNIT})s?\b"
)
_YEAR = re.compile(r"(?<!since )(?<!since about )\b((?:19|20)\d\d)\b")
_SHORT_YEAR = re.compile(r"\b(?:in|of|back in)\s+['\u2019](\d\d)\b")
_DECADE = re.compile(
    r"\b(?:in|back in|during) (?:the )?(?:early |mid |late )?(?:19|['\u2019])?"
    r"(?:(\d)0['\u2019]?s|(fift|sixt|sevent|eight|ninet)ies)\b"
)
_TENS = {"fift": 5, "sixt": 6, "sevent": 7, "eight": 8, "ninet": 9}
_MONTH = re.compile(r"\b(?:in|last|back in)\s+(" + "|".join(MONTHS) + r")\b")
# "I'm 6'5", "is 8 out of 10", "he's 30 min late" are no ages.
_NO_AGE = (
    r"(?!\s*(?:%|out of|by|'|\"|foot|feet|inch|min|h\b|hour|week|wk|month|day|kg|lb|pound|stone|ft|"
    r"cm|am|pm|th|st|nd|rd|[:/.]\d|year old (?:dog|cat|horse)))"
)
# "i'm 4 proseccos deep" is none either: an age ends what is said, or one of these follows
_AGE_ENDS = (
    r"(?=\s*(?:$|[,.;!?()\-\u2013\n]|(?:and|now|but|so|years?|yrs?|y|yo|with|can|is|i|i'?m|i'?ve|was|or|"
    r"who|m|f|male|female|today|tomorrow|next|this|in|on|has|had|have|pregnant|plus|btw|lol|if|will|"
    r"my|do|are|the|because|cos|bc|already|soon|too|still|not|no|he|she|they|we|what|would|how|"
    r"since|as|when|just|also|then|though|tho|please|pls|thanks)\b))"
)
_AGE = re.compile(
    r"\b(?:(?:i'?m|i am|he'?s|she'?s|he is|she is|they'?re|is|turned|turning|just turned|aged?:?|"
    r"age of|(?:twins|kids|sons|daughters|girls|boys|children) are|[a-z]+'s)\s+)"
    r"(?:only\s+|just\s+|nearly\s+|almost\s+|about\s+)?(\d{1,3})\b"
    + _NO_AGE
    + _AGE_ENDS
    + r"|\b(\d{1,3})[\s-]*(?:years?|yrs?|yr|y)[\s-]*(?:old|o|/o)\b"
    + r"(?!\s*(?:dog|cat|horse|house|car))"
    + r"|\b(\d{1,3})\s*y/?o\b"
    # "my mother, 86, quite frail" and "my husband (59)"
    + r"|\b(?:my|our|his|her|the)\s+[a-z-]+(?:\s+[a-z-]+){0,2}(?:\s*,\s*|\s*\()(\d{1,2})"
    + r"(?=\s*[,)])"
    # "an old lady of 81", "Daughter = 14"
    + r"|\b(?:lady|man|woman|girl|boy|gentleman|age) of (\d{1,2})\b"
    + r"|\b[a-z]+ = (\d{1,2})\b"
    # "for Mrs. Alvarez, 92", "my son 8 yrs", "16F here"
    + r"|\bmr?s?\.?\s+[a-z]+\s*[,(]\s*(\d{2})\b(?!\s*(?:min|%))"
    + r"|\b(?:my|our)\s+[a-z]+\s+(\d{1,2})\s*(?:yrs?|years)\b(?!\s*(?:of|in|ago|later))"
    + r"|^\s*(\d{2})\s?[mf]\b(?=\s*(?:,|here))"
)
_TENS_OLD = {
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")
_UNITS_OLD = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
# "I am eighty-three", "Ninety-one, brittle bones": in words an age needs a sign of being one
_SPELLED = re.compile(
    r"(?:\b(?:i'?m|i am|he'?s|she'?s|he is|she is|aged?|is|turned|turning)\s+|^\s*)"
    r"(?:only\s+|just\s+)?"
    rf"(?:({'|'.join(_TENS_OLD)})(?:[\s-]({'|'.join(_UNITS_OLD)}))?|({'|'.join(_TEENS)}))\b"
    r"(?=\s*(?:[,.;!]|$|and\b|years?\b|now\b|but\b))"
)


def days_ago(text: str, today: datetime.date, *, with_months: bool = True) -> int | None:
    """How many days ago a clause puts something, or None when it does not say.

    ``text`` is in lower case. Reads "two weeks ago", "3 months back", "in 2015", and "in March"
    unless ``with_months`` is off: without a past tense it may be the March to come.
    """
    found = _AGO.search(text)
    if found:
        number, unit = [part for part in found.groups() if part][:2]
        return _number(number) * UNITS[unit]
    month = _MONTH.search(text)
    if month and with_months:
        months = (today.month - 1 - MONTHS.index(month.group(1))) % 12
        return months * 30
    year = _YEAR.search(text)
    if year and 1900 < int(year.group(1)) <= today.year:
        return (today.year - int(year.group(1))) * 365
    short = _SHORT_YEAR.search(text)
    if short:
        return (today.year - 1900 - int(short.group(1))) % 100 * 365
    decade = _DECADE.search(text)
    if decade:
        tens = int(decade.group(1)) if decade.group(1) else _TENS[decade.group(2)]
        return (today.year - 1900 - tens * 10) * 365 if tens >= 5 else None
    return None


def is_lasting(text: str) -> bool:
    """Whether a clause says how long something has gone on: "for three years"."""
    return _LASTING.search(text) is not None


def ages(text: str) -> list[tuple[int, int, int]]:
    """The ages stated, in years, each with where it stands in the lower-case text."""
    found = []
    for match in _AGE.finditer(text):
        years = int(next(group for group in match.groups() if group))
        if 0 < years < 115:
            found.append((years, match.start(), match.end()))
    for match in _SPELLED.finditer(text):
        tens, unit, teen = match.groups()
        years = _TEENS.index(teen) + 10 if teen else _TENS_OLD[tens]
        years += _UNITS_OLD.index(unit) + 1 if unit else 0
        found.append((years, match.start(), match.end()))
    return found


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]
