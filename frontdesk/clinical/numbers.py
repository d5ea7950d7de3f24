"""Finds what reaches or identifies somebody in a text: e-mails, phone numbers, cards, policies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from phonenumbers import Leniency, PhoneNumberMatcher

from frontdesk.clinical.private import Kind, Span

FEWEST_DIGITS, MOST_DIGITS = 7, 15  # of a phone number
CARD_DIGITS = 13  # the fewest a payment card has
_EMAIL = re.compile(r"[^\s<>,;:()\[\]\"'\ue000]+@[^\W\d_][^\s<>,;:()\[\]\"'\ue000@]*")
_EMAIL_SAID = re.compile(
    r"[\w.+-]+\s*(?:\(at\)|\[at\]|\bat\b|@)\s*[\w-]+(?:\s*(?:\(dot\)|\[dot\]|\bdot\b|\.)\s*[\w-]+)*"
    r"\s*(?:\(dot\)|\[dot\]|\bdot\b|\.)\s*(?:com|net|org|edu|gov|info|biz|co|io|me|us|uk|de|fr|ca)\b",
    re.IGNORECASE,
)
_RUN = re.compile(r"(?:\+|\(\s?)?(?<!\w)\d(?:[\s().\u2010-\u2015-]{0,3}\d){6,29}(?!\w)")
_CLOCK_OR_DATE = re.compile(
    r"\b(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2}))(?!\d)"
    r"(?:[T\s]+\d{1,2}[:.]\d{2})?|\b\d{1,2}:\d{2}(?::\d{2})?"
)
_YEARS = re.compile(r"(?:19|20)\d\d[\s-]+(?:19|20)\d\d")
_SOCIAL_SECURITY = re.compile(r"(?<![\w-])\d{3}[- ]\d{2}[- ]\d{4}(?![\w-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
_NATIONAL = re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE)
_CUED = re.compile(
    r"\b(?:policy|member(?:ship)?|insurance|subscriber|group|account|acct|passport|licen[cs]e|nhs"
    r"|medicare|medicaid|claim|iban|card|ssn|social security|security|patient|tax|voucher|id)\b"
    r"(?:\s*(?:number|no\.?|num|nr|id|code|#)\b)*"
    r"[\s:#=]*(?:is\b|was\b)?[\s:#=]*"
    r"((?=(?-i:[A-Z]{0,6})[ -]?\d|[A-Z]{0,4}\d)[A-Z0-9](?:[ -]?[A-Z0-9]){2,22}\b)",
    re.IGNORECASE,
)
_DIGIT_WORD = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|(?:double|triple)\s\w+)"
_SPOKEN = re.compile(rf"\b{_DIGIT_WORD}(?:[\s,.-]+{_DIGIT_WORD}){{6,14}}\b", re.IGNORECASE)


def emails(text: str) -> Iterator[Span]:
    """E-mail addresses, also "tom at mail dot com"."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            end = match.start() + len(match.group().rstrip(".,!?*_"))
            yield Span(match.start(), end, Kind.EMAIL)
    if "at" in text.lower():
        for match in _EMAIL_SAID.finditer(text):
            yield Span(*match.span(), Kind.EMAIL)


def identifiers(text: str) -> Iterator[Span]:
    """Social-security and insurance numbers, accounts, passports: digits after their name."""
    for pattern in (_SOCIAL_SECURITY, _IBAN, _NATIONAL):
        for match in pattern.finditer(text):
            yield Span(*match.span(), Kind.NUMBER)
    for match in _CUED.finditer(text):
        told = match.group(1)
        if sum(sign.isdigit() for sign in told) >= 4 and not _CLOCK_OR_DATE.search(told):
            yield Span(*_without_words(text, *match.span(1)), Kind.NUMBER)


def phones(text: str, region: str) -> Iterator[Span]:
    """Phone numbers, also those that cannot be dialled, and other long numbers such as cards."""
    taken: list[tuple[int, int]] = []
    for found in PhoneNumberMatcher(text, region, leniency=Leniency.VALID):
        taken.append((found.start, found.end))
        yield Span(found.start, found.end, Kind.PHONE)
    for match in _RUN.finditer(text):
        start, end = match.span()
        if any(start < other and one < end for one, other in taken):
            continue
        kind = _kind_of(match.group())
        if kind is not None:
            yield Span(start, end, kind)


def spoken_phones(text: str) -> Iterator[Span]:
    """Numbers in words: "two one two five five five ..."."""
    for match in _SPOKEN.finditer(text):
        yield Span(*match.span(), Kind.PHONE)


def _kind_of(run: str) -> Kind | None:
    """What a run of digits is; nothing when it is days, times or measures in a row."""
    rest = _YEARS.sub(" ", _CLOCK_OR_DATE.sub(" ", run))
    digits = sum(sign.isdigit() for sign in rest)
    if digits < FEWEST_DIGITS:
        return None
    groups = [len(group) for group in re.findall(r"\d+", rest)]
    is_one = max(groups) >= 3 or max(groups) == 1 or rest.lstrip("( ").startswith(("+", "0"))
    if not is_one:
        return None
    if digits >= CARD_DIGITS and not rest.lstrip("( ").startswith(("+", "00")):
        return Kind.NUMBER
    return Kind.PHONE


def _without_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Leaves out words that follow the digits: "4471 2230 for my visit"."""
    while end > start and not text[end - 1].isdigit():
        trimmed = re.sub(r"[ -]?[A-Za-z]$", "", text[start:end])
        if len(trimmed) == end - start:
            break
        end = start + len(trimmed)
    return start, end
