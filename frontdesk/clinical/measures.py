"""What people measured at home: a blood pressure, a temperature."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
