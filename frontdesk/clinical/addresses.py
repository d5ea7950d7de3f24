"""Finds where somebody lives in a text: streets with a number, post boxes, postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from frontdesk.clinical.private import Kind, Span

_SURE = (
    "street|avenue|ave|road|boulevard|blvd|lane|terrace|parkway|pkwy|highway|hwy|crescent|alley"
    "|expressway|turnpike|mews|gardens|heights|broadway|rd|ln|st"
)
# words that are more than streets: they need a capital, or a cue before the number
_DOUBTFUL = (
    "drive|dr|way|place|pl|court|ct|square|sq|row|walk|park|circle|cir|loop|trail|hill|close"
)
_WORD = r"(?:\d{1,3}(?:st|nd|rd|th)|[^\W\d_][\w'\u2019.]*)"
_STREET = re.compile(
    rf"(?<![\w$.:/-])(\d{{1,5}}(?:-\d{{1,4}})?[a-z]?)[,\s]\s*((?:{_WORD}\s+){{1,4}}?)"
    rf"(?:({_SURE})|({_DOUBTFUL}))\b\.?",
    re.IGNORECASE,
)
# "in 20 minutes drive", "60 minute hot stone way": not where somebody lives
_NO_STREET = re.compile(
    r"\b(?:min|mins|minutes?|hours?|hrs?|days?|weeks?|months?|years?|times?|blocks?|miles?|km|pm|am"
    r"|or|and|in|on|off|the|a|an|my|your|our|for|to|from|with|of|massages?|sessions?|people|dollars"
    r"|is|are|was|at|by|then|please|percent|degrees|years?-old|yo|stars?|steps?)\b",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"\b(?:(?:my|our|home|mailing|billing|the|her|his)\s+address(?:\s+is|:)?|address:|(?:i\s+)?live"
    r"\s+(?:at|on)|living\s+(?:at|on)|i(?:'|\u2019)?m\s+at|located\s+at|come\s+to|send\s+it\s+to)\s*$",
    re.IGNORECASE,
)
_ADDRESS_IS = re.compile(
    r"\b(?:my|our|home|mailing|billing|her|his)\s+address(?:\s+is\b|:)\s*([^.?!\n\ue000]{4,80})",
    re.IGNORECASE,
)
_ABROAD = re.compile(
    r"\b[^\W\d_]{3,}(?:stra(?:ss|\u00df)e|str\.|gasse|weg|platz|straat)\s*\d{1,4}[a-z]?\b"
    r"|\b\d{1,4},?\s+(?:rue|boulevard|impasse|chemin|calle|via|rua)\s+(?:[^\W\d_][\w'\u2019-]*"
    r"(?:\s|\b)){1,4}|\b(?:calle|via|rua|avenida)\s+(?:[^\W\d_][\w'\u2019-]*\s+){1,4}\d{1,4}\b",
    re.IGNORECASE,
)
_BOX = re.compile(r"\bp\.?\s?o\.?\s*box\s*#?\s*\d+", re.IGNORECASE)
_UNIT = (
    r"(?:[,\s]+(?:apt|apartment|unit|suite|ste|flat|floor|fl|room|rm|#)\.?\s*#?\s*[\w-]{1,5}"
    r"|[,\s]+\d{1,3}(?:st|nd|rd|th)\s+floor)"
)
_TOWN = r"(?:,?\s+[A-Z][\w'.-]+(?:\s[A-Z][\w'.-]+){0,2}(?=,|\s+[A-Z]{2}\b))"
_STATE = r"(?:,?\s+[A-Z]{2}(?:\s+\d{5}(?:-\d{4})?)?\b|,?\s+\d{5}(?:-\d{4})?\b)"
_TAIL = re.compile(rf"{_UNIT}*{_TOWN}?{_STATE}?")
_CODE = re.compile(
    r"\b(?-i:[A-Z]{2}),?\s+\d{5}(?:-\d{4})?\b"
    r"|\b(?:zip|postcode|post code|postal code|zip code)\b(?:\s*(?:is|code|:))*\s*([\w-]*\d[\w-]*"
    r"(?:\s\d[a-z]{2})?)|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b",
    re.IGNORECASE,
)


def addresses(text: str) -> Iterator[Span]:
    """The addresses of a text; one that has no digit is none."""
    for match in _STREET.finditer(text):
        if _is_street(text, match):
            tail = _TAIL.match(text, match.end())
            end = tail.end() if tail else match.end()
            yield Span(match.start(), end, Kind.ADDRESS)
    for pattern in (_ABROAD, _BOX):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.start() + len(match.group().rstrip()), Kind.ADDRESS)
    for match in _ADDRESS_IS.finditer(text):
        if re.search(r"\d", match.group(1)):
            yield Span(*match.span(1), Kind.ADDRESS)
    for match in _CODE.finditer(text):
        yield Span(*match.span(1 if match.group(1) else 0), Kind.ADDRESS)


def _is_street(text: str, match: re.Match[str]) -> bool:
    _, name, _, doubtful = match.groups()
    if _NO_STREET.search(name):
        return False
    if not doubtful and match.group(3).lower() != "st":
        return True
    has_capitals = all(word[0].isupper() or word[0].isdigit() for word in name.split())
    if has_capitals and (match.group(4) or match.group(3))[0].isupper():
        return True
    return bool(_CUE.search(text, 0, match.start())) or (not doubtful and len(name.split()) <= 3)
