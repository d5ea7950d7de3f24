"""Replaces what tells who somebody is in a text by what it was: "[phone]", "[name]"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from frontdesk.clinical.addresses import addresses
from frontdesk.clinical.birthdates import birth_dates
from frontdesk.clinical.names import names_that_are_words
from frontdesk.clinical.numbers import emails, identifiers, phones, spoken_phones
from frontdesk.clinical.private import BARRIER, Kind, Span, blanked
from frontdesk.domain.booking import ALPHABET, LETTERS
from frontdesk.settings import data_folder

__all__ = ["Kind", "Masked", "Span", "mask"]

FEWEST_KNOWN_DIGITS = 6  # fewer digits of somebody's number may be a price or a time
_TOKEN = re.compile("|".join(re.escape(kind.token) for kind in Kind))
_DIGIT = re.compile(r"\d")
_REFERENCE = re.compile(rf"\b[A-Za-z]{{1,3}}-[{ALPHABET}{ALPHABET.lower()}]{{{LETTERS}}}\b")
_NAME_CUE = re.compile(
    r"\b(?:my name(?:'s| is)|(?:first |last |full |sur)name(?: is|:)|name:|i(?:'m| am) called)\s+"
    r"((?:[^\W\d_][\w'\u2019-]*)(?:\s+[A-Z][\w'\u2019-]*){0,2})",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:not|on|in|under|already|the|a|an|and|is|for|there|here|below|above|spel\w*|wrong)\b", re.I
)
_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without its personal parts, and where they stood in the original."""

    text: str
    spans: tuple[Span, ...]


def mask(
    text: str,
    region: str = "US",
    known: Iterable[str] = (),
    spans: Iterable[Span] = (),
    allowed: Iterable[str] = (),
) -> Masked:
    """Replace phone numbers, e-mails, addresses, birth dates, names and long numbers.

    Args:
        text: what was written.
        region: the country of phone numbers that do not say it.
        known: names, phone numbers and e-mails of the one who writes; masked in any spelling.
        spans: parts that were found already, such as names by their lists.
        allowed: what may stay, such as the clinic's own phone number and address.
    """
    may_stay = tuple(allowed)
    kept = _kept(text, may_stay)
    rest = blanked(text, kept)
    given = [_within(span, text) for span in spans]
    # with the e-mails, so that a name in one of them is no part of its own
    found = _joined(
        [*(span for span in given if span and not _overlaps(span, kept)), *emails(rest)]
    )
    rest = blanked(rest, found)
    for _ in range(_ROUNDS):
        parts = _joined(_parts(rest, region, tuple(known)))
        more = [span for span in parts if not _is_allowed(text[span.start : span.end], may_stay)]
        if not more:
            break
        found, rest = _joined([*found, *more]), blanked(rest, more)
    pieces, last = [], 0
    for span in found:
        pieces += [text[last : span.start], span.kind.token]
        last = span.end
    return Masked("".join([*pieces, text[last:]]), tuple(found))


def _parts(text: str, region: str, known: tuple[str, ...]) -> list[Span]:
    """The personal parts of a text, the surest kinds first."""
    found: list[Span] = []

    def add(more: Iterable[Span]) -> None:
        nonlocal text
        fresh = _joined(more)
        found.extend(fresh)
        text = blanked(text, fresh)

    if known:
        add(_known(text, region, known))
    add(emails(text))
    if _DIGIT.search(text):
        add(birth_dates(text))
        add(addresses(text))
        if sum(map(str.isdigit, text)) >= 4:
            add(identifiers(text))
            add(phones(text, region))
    low = text.lower()
    if "one" in low or "two" in low or "five" in low:
        add(spoken_phones(text))
    if "name" in low or "called" in low:
        add(_named(text))
    return found


def _named(text: str) -> Iterator[Span]:
    for match in _NAME_CUE.finditer(text):
        name = match.group(1)
        if not _NO_NAME.match(name):
            yield Span(*match.span(1), Kind.NAME)


def _known(text: str, region: str, known: tuple[str, ...]) -> Iterator[Span]:
    for value in known:
        for kind, pattern in _spellings(value, region):
            for match in pattern.finditer(text):
                yield Span(*match.span(), kind)


@lru_cache(maxsize=2048)
def _spellings(value: str, region: str) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    """Patterns of everything that a name, number or e-mail may be written as."""
    value = value.strip()
    if "@" in value:
        loose = r"\s*".join(re.escape(part) for part in re.split(r"([@.])", value) if part)
        return ((Kind.EMAIL, re.compile(loose, re.IGNORECASE)),)
    digits = re.sub(r"\D", "", value)
    if len(digits) >= FEWEST_KNOWN_DIGITS:
        ends = [digits[-length:] for length in (len(digits), 10, 9, 7) if length <= len(digits)]
        either = "|".join(r"[\W_]{0,3}".join(end) for end in dict.fromkeys(ends))
        return ((Kind.PHONE, re.compile(rf"\+?(?<!\d)(?:{either})(?!\d)")),)
    words = re.findall(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*", value)
    if not words:
        return ()
    whole = r"[\s.,_-]{1,3}".join(re.escape(word) for word in words)
    patterns = [re.compile(rf"\b{whole}(?:\b|(?='s))", re.IGNORECASE)] if len(words) > 1 else []
    patterns += [_one_name(word) for word in words if len(word) > 1]
    return tuple((Kind.NAME, pattern) for pattern in patterns)


def _one_name(word: str) -> re.Pattern[str]:
    """A name alone: one that is a word, "will" or "rose", counts with a capital only."""
    if len(word) > 2 and word.lower() not in names_that_are_words(data_folder()):
        return re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    return re.compile(rf"\b(?:{re.escape(word.capitalize())}|{re.escape(word.upper())})\b")


def _kept(text: str, allowed: tuple[str, ...]) -> list[Span]:
    """The places that are nobody's: tokens, booking references, and what is allowed."""
    places = [match.span() for match in _TOKEN.finditer(text)] if "[" in text else []
    places += [match.span() for match in _REFERENCE.finditer(text)] if "-" in text else []
    for value in allowed:
        places += [match.span() for match in _allowed(value).finditer(text)]
    if BARRIER in text:
        places += [match.span() for match in re.finditer(BARRIER, text)]
    return [Span(start, end, Kind.NUMBER) for start, end in places]


@lru_cache(maxsize=64)
def _allowed(value: str) -> re.Pattern[str]:
    digits = re.sub(r"\D", "", value)
    if len(digits) >= FEWEST_KNOWN_DIGITS and not re.search(r"[^\W\d_]", value):
        national = r"[\W_]{0,3}".join(digits[-10:])
        return re.compile(rf"(?<!\d)(?:\+?\d{{1,3}}[\W_]{{0,3}})?\(?{national}(?!\d)")
    words = r"[\s,]+".join(re.escape(word) for word in re.split(r"[\s,]+", value.strip()) if word)
    return re.compile(words or r"(?!)", re.IGNORECASE)


def _is_allowed(part: str, allowed: tuple[str, ...]) -> bool:
    """Whether it is a piece of what may stay, such as the street of the clinic's address."""
    return any(part.lower() in value.lower() for value in allowed)


def _within(span: Span, text: str) -> Span | None:
    start, end = max(span.start, 0), min(span.end, len(text))
    return Span(start, end, span.kind) if start < end else None


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < other.end and other.start < span.end for other in others)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap as one of the longer one's kind."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if joined and span.start < joined[-1].end:
            last = joined[-1]
            longer = max(last, span, key=lambda one: one.end - one.start)
            joined[-1] = Span(last.start, max(last.end, span.end), longer.kind)
        else:
            joined.append(span)
    return joined
