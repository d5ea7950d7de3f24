"""What people measured or counted: a blood pressure, a temperature, the weeks of a pregnancy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.clinical.times import NUMBERS
from frontdesk.domain.condition import Measured

HOTTEST_CELSIUS, COLDEST_FEVER = 43.0, 99.0
_PRESSURE = re.compile(r"\b(\d{3})\s*(?:/|over|on)\s*(\d{2,3})\b(?!\s*/\s*\d)")
_NUMBER = r"(\d{2,3}(?:[.,]\d)?)"
_SIGN = r"(?:\s*(?:\u00b0|degrees?|deg\b|[cf]\b))"
_TEMPERATURE = re.compile(
    rf"\b(?:temp(?:erature)?|fever|thermometer)\b[^.!?\d]{{0,25}}{_NUMBER}\b|\b{_NUMBER}{_SIGN}"
    rf"|\b{_NUMBER}\s+(?:on|by|with|says)\s+(?:the|my|a)\s+thermometer"
    # "flu, 39.2 at lunchtime": no price and no distance stands so
    r"|(?<![£$€\d.,])\b((?:3[89]|4[01])[.,]\d)\s+(?:this (?:morning|am)|at lunch(?:time)?|"
    r"overnight|(?:last|all) night|tonight|today|earlier|yesterday|just now|"
    r"when i (?:woke|checked|took))\b"
)
_COUNT = r"(\d{1,2}|" + "|".join(sorted(NUMBERS, key=len, reverse=True)) + ")"
_WEEKS = r"(?:\s*\+\s*\d)?[\s-]*(?:weeks?|wks?)"
# "I'm 11 weeks", and no "I'm 6 weeks post op", "I'm 3 weeks into it", "she's 9 weeks old"
_ALONG = re.compile(
    r"\b(?:i'?m|i am|she'?s|she is|(?:wife|partner|girlfriend|gf|missus|sister)(?:'?s| is))"
    rf"(?: (?:only|just|now|about|nearly|almost|already|barely|at))* {_COUNT}{_WEEKS}\b"
    r"(?! (?:ago|old|p\.?p\b|post\w*|after|since|out|into|in|of|off|apart|from|till?|until|away|"
    r"before|back|clean|sober|free|late|behind|past|overdue|on|without|to|later|at|for|with)\b)"
    rf"|\b{_COUNT}{_WEEKS},? (?:gone|along|preg\w*|with twins|and counting)\b"
)
# Beside these any count of weeks is one of a pregnancy: "prenatal, 27 weeks", "babymoon, 20 weeks".
_EXPECTING = re.compile(
    r"\b(?:baby|babymoon|midwife|prenatal|antenatal|trimester|bump|birth|obgyn|ob|pre-?eclampsia|"
    r"preg\w*|expecting|twins|ultrasound|with my (?:first|second|third|fourth))\b"
)
_SOME_WEEKS = re.compile(
    r"(?<!for )(?<!every )(?<!last )(?<!past )(?<!in )(?<!after )(?<!next )(?<!these )(?<!about )"
    rf"\b{_COUNT}{_WEEKS}\b(?! (?:ago|old|p\.?p\b|post\w*|after|since|out|into|of|off|apart|"
    r"till?|until|away|later|for)\b)"
    rf"|\bsince week {_COUNT}\b|\b(?:at|in) week {_COUNT}\b"
)
_BORN = re.compile(
    r"\b(?:gave birth|given birth|giving birth|delivered|postpartum|post[- ]?natal|c-?section|"
    r"miscarr\w*|after having|had (?:the|my|our|a) (?:baby|son|daughter|twins)|nursing|breast\w*)\b"
)
_YOUNG = re.compile(r"\b(?:old|puppy|kitten|newborn|teething)\b")
_CLIMATE = re.compile(r"\b(?:outside|weather|water|room|sauna|oven|wash|angle|turn)\b")


def measured(text: str) -> Iterator[tuple[Measured, int, int]]:
    """The readings in a lower-case text, each with where it stands.

    A temperature from 99 up is in Fahrenheit. One of the weather is left out.
    """
    for match in _PRESSURE.finditer(text):
        upper, lower = int(match.group(1)), int(match.group(2))
        if 80 <= upper <= 260 and 40 <= lower <= 160 and lower < upper:
            yield Measured(systolic=upper, diastolic=lower), match.start(), match.end()
    for match in _TEMPERATURE.finditer(text):
        degrees = float(next(one for one in match.groups() if one).replace(",", "."))
        if degrees >= COLDEST_FEVER:
            degrees = (degrees - 32) / 1.8
        if 34 <= degrees <= HOTTEST_CELSIUS and not _CLIMATE.search(text):
            yield Measured(celsius=round(degrees, 1)), match.start(), match.end()


def weeks_along(text: str) -> Iterator[tuple[int, int, int]]:
    """The weeks of a pregnancy told in a lower-case text, each with where they stand."""
    if _YOUNG.search(text):
        return
    is_certain = _EXPECTING.search(text) and not _BORN.search(text)
    for match in (_SOME_WEEKS if is_certain else _ALONG).finditer(text):
        count = next(one for one in match.groups() if one)
        yield int(count) if count.isdigit() else NUMBERS[count], match.start(), match.end()


def lower(text: str) -> str:
    """In lower case, and of the same length, so that places in it stay what they are."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
