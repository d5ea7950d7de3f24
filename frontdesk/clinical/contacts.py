"""Reads who somebody is and how to reach them: a name, a phone number, an e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher

NAME, EMAIL, PHONE = "person_name", "email", "phone_number"
# What looks like one of them and is none: the visitor is told, instead of being asked again.
WRONG = {EMAIL: "wrong_email", PHONE: "wrong_phone"}
FEWEST_DIGITS, MOST_DIGITS = 7, 15
LONGEST_NAME = 4  # words
_EMAIL = re.compile(r"[^\s<>,;:()\"']+@[^\s<>,;:()\"']+")
_DIGITS = re.compile(r"(?<![\w/:.@-])\+?\(?\d[\d\s().-]{5,20}\d(?![\w/:@])")
_DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d\d")
_WORD = r"[^\W\d_][^\W\d_'\u2019.-]*(?:[-'\u2019][^\W\d_]+)*"
_CUE = re.compile(
    rf"\b(?:my name is|my name's|my names|name is|name's|name:|call me|i am called|i'm called|"
    rf"under the name(?: of)?|it's under|its under|in the name of|ask for|his name is|her name is|"
    rf"his name's|her name's|this is)\s+"
    rf"(?:(?:dr|mr|mrs|ms|mx)\b\.?\s+)?((?:{_WORD})(?:\s+{_WORD}){{0,2}})",
    re.IGNORECASE,
)
# "I'm Sam" only with a capital: "I'm pregnant", "I'm free then" are no names
_I_AM = re.compile(
    r"\b(?:I'm|I am|i'm|i am|Im|im)\s+([A-Z][\w'\u2019-]+(?:\s+[A-Z][\w'\u2019-]+){0,2})"
)
# "Call me tomorrow", "this is great": what follows these cues is often no name
_LOOSE_CUE = re.compile(r"call me|this is|ask for", re.IGNORECASE)
_NO_NAME = re.compile(
    r"after|again|any|anytime|asap|as|back|before|by|every|first|from|great|hard|helpful|how|if"
    r"|instead|later|maybe|nice|now|once|only|or|perfect|please|soon|sometime|someone|thanks?|that"
    r"|then|this|to|today|tomorrow|tonight|too|what|when|whenever|where|which|with|yes|your"
)
_HERE = re.compile(r"^([A-Z][\w'\u2019-]+(?:\s[A-Z][\w'\u2019-]+)?)\s+here\b")


@dataclass(frozen=True, slots=True)
class Detail:
    """One detail of a message: what it is, its value in standard form, and where it stands."""

    kind: str
    value: str
    start: int
    end: int


def details(text: str, region: str, no_names: Iterable[str] = ()) -> list[Detail]:
    """The contact details of a message.

    Args:
        text: what was written.
        region: the country phone numbers are of, when they do not say ("US").
        no_names: words in lower case that are nobody's name, such as days and treatments.

    Returns:
        E-mail addresses normalized, phone numbers in E.164, names as written. One that cannot be
        right has a kind of ``WRONG`` and an empty value.
    """
    found = _emails(text)
    rest = _blanked(text, found)
    phones = _phones(rest, region)
    rest = _blanked(rest, phones)
    return [*found, *phones, *_names(rest, frozenset(no_names))]


def region_of(phone_link: str) -> str:
    """The country of the clinic's own number ("tel:+12125550148"), "US" when it has none."""
    number = phonenumbers.parse(phone_link.removeprefix("tel:"), None)
    return phonenumbers.region_code_for_number(number) or "US"


def as_said(phone: str, region: str) -> str:
    """A number as people of a country write it: "(212) 555-0142"; others with their prefix."""
    number = phonenumbers.parse(phone, region)
    is_home = phonenumbers.region_code_for_number(number) == region
    style = PhoneNumberFormat.NATIONAL if is_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)


def as_name(text: str) -> str:
    """A bare answer to "what's your name?", empty when it cannot be one."""
    words = [word.strip(".,!") for word in text.split()]
    words = [word for word in words if word]
    if not 1 <= len(words) <= LONGEST_NAME or any(mark in text for mark in "?@/"):
        return ""
    if not all(re.fullmatch(_WORD + r"\.?", word) for word in words):
        return ""
    return " ".join(word if word[0].isupper() else word.capitalize() for word in words)


def _emails(text: str) -> list[Detail]:
    found = []
    for match in _EMAIL.finditer(text):
        written = match.group().strip(".,!?")
        end = match.start() + len(written)
        try:
            value = validate_email(written, check_deliverability=False).normalized
            found.append(Detail(EMAIL, value, match.start(), end))
        except EmailNotValidError:
            found.append(Detail(WRONG[EMAIL], "", match.start(), end))
    return found


def _phones(text: str, region: str) -> list[Detail]:
    found = [
        Detail(
            PHONE,
            phonenumbers.format_number(one.number, PhoneNumberFormat.E164),
            one.start,
            one.end,
        )
        for one in PhoneNumberMatcher(text, region, leniency=Leniency.VALID)
    ]
    rest = _blanked(text, found)
    for match in _DIGITS.finditer(rest):
        digits = re.sub(r"\D", "", match.group())
        if _DATE_LIKE.search(match.group()) or not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
            continue
        found.append(Detail(WRONG[PHONE], "", match.start(), match.end()))
    return found


def _names(text: str, no_names: frozenset[str]) -> list[Detail]:
    for pattern in (_CUE, _I_AM, _HERE):
        match = pattern.search(text)
        if not match:
            continue
        words: list[str] = []
        for word in match.group(1).split():
            bare = word.strip(".,!").lower()
            if bare in no_names or bare.endswith(("'s", "\u2019s")):
                break
            if _NO_NAME.fullmatch(bare) and _LOOSE_CUE.match(match.group()):
                break
            if words and not word[0].isupper() and pattern is not _CUE:
                break
            words.append(word.strip(".,!"))
            if word.endswith((".", ",", "!")):
                break
        name = as_name(" ".join(words))
        if name:
            start = match.start(1)
            return [Detail(NAME, name, start, start + len(" ".join(words)))]
    return []


def _blanked(text: str, found: Iterable[Detail]) -> str:
    for one in found:
        text = text[: one.start] + " " * (one.end - one.start) + text[one.end :]
    return text
