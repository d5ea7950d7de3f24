"""Reads what the assistant sends, strictly; an error names the field and never quotes it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, TypeVar

from django.utils.dateparse import parse_datetime
from email_validator import EmailNotValidError, validate_email

from frontdesk.console.bookings import facts, references
from frontdesk.console.bookings.errors import Invalid
from frontdesk.domain.booking import ForWhom, Kind, Proof, Wish
from frontdesk.domain.condition import Verdict

E = TypeVar("E", bound=Enum)
LONGEST_NAME = 80
LONGEST_CONVERSATION = 100
MOST_REASONS = 40
FIRST_YEAR, LAST_YEAR = 2000, 2100
_PHONE = re.compile(r"\+[1-9]\d{6,14}")
_CONDITION = re.compile(r"[a-z0-9_]{1,60}")
_KEY = re.compile(r"[\x21-\x7e]{1,64}")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

WISH = frozenset(
    {
        *("treatment", "minutes", "starts_at", "kind", "for_whom", "client_name", "contact_name"),
        *("phone", "email", "verdict", "reasons", "conversation", "reference"),
    }
)
PROOF = frozenset({"reference", "conversation", "digits"})


def only(body: Mapping[str, Any], known: frozenset[str]) -> None:
    """Refuse a field we do not know.

    Raises:
        Invalid: there is one.
    """
    if set(body) - known:
        raise Invalid("body", "holds a field we don't know")


def wish(body: Mapping[str, Any]) -> Wish:
    """A wish; its ``reference`` is one the visitor was already given, if any.

    Raises:
        Invalid: naming the first field that cannot be used.
    """
    only(body, WISH)
    asked = Wish(
        treatment=treatment(body.get("treatment")),
        minutes=minutes(body.get("minutes")),
        starts_at=instant("starts_at", body.get("starts_at")),
        kind=_member("kind", body.get("kind"), Kind),
        for_whom=_member("for_whom", body.get("for_whom"), ForWhom),
        contact_name=_text(body, "contact_name", LONGEST_NAME),
        phone=_phone(body),
        email=_email(body),
        verdict=_member("verdict", body.get("verdict"), Verdict),
        reasons=_reasons(body.get("reasons", [])),
        conversation=_text(body, "conversation", LONGEST_CONVERSATION),
        reference=_given_reference(body),
        client_name=_text(body, "client_name", LONGEST_NAME, may_be_empty=True),
    )
    if not asked.phone and not asked.email:
        raise Invalid("phone", "give a phone number or an e-mail address")
    return asked


def proof(body: Mapping[str, Any], *more: str) -> tuple[str, Proof]:
    """A reference, and what shows that it is theirs; ``more`` are other fields there may be.

    Raises:
        Invalid: naming the field that cannot be used.
    """
    only(body, PROOF | frozenset(more))
    reference = _text(body, "reference", LONGEST_NAME)
    conversation = _text(body, "conversation", LONGEST_CONVERSATION)
    return reference, Proof(conversation, _text(body, "digits", 20, may_be_empty=True))


def treatment(value: object) -> str:
    """The id of a massage we offer."""
    return _one_of("treatment", value, facts.offered().keys().__contains__)


def minutes(value: object) -> int:
    """A length we offer."""
    if type(value) is not int or value not in facts.lengths():
        raise Invalid("minutes", "is no length we offer")
    return value


def instant(field: str, value: object) -> datetime.datetime:
    """An instant with its offset, in UTC."""
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or not FIRST_YEAR <= found.year < LAST_YEAR:
        raise Invalid(field, "must be a time like 2030-05-06T14:30:00-04:00")
    return found.astimezone(datetime.timezone.utc)


def key(value: object) -> str:
    """An idempotency key."""
    return _one_of("Idempotency-Key", value, _KEY.fullmatch)


def _one_of(field: str, value: object, is_known: Callable[[str], object]) -> str:
    if not isinstance(value, str) or not is_known(value):
        raise Invalid(field, "is missing or cannot be used")
    return value


def _member(field: str, value: object, kind: type[E]) -> E:
    try:
        return kind(value)
    except ValueError:
        # "from None": the first error would repeat the value
        raise Invalid(field, "is missing or cannot be used") from None


def _text(body: Mapping[str, Any], field: str, most: int, *, may_be_empty: bool = False) -> str:
    value = body.get(field, "" if may_be_empty else None)
    if not isinstance(value, str) or len(value) > most or _UNPRINTED.search(value):
        raise Invalid(field, f"must be a line of at most {most} characters")
    if not may_be_empty and not value.strip():
        raise Invalid(field, "is missing")
    return value.strip()


def _phone(body: Mapping[str, Any]) -> str:
    value = _text(body, "phone", 20, may_be_empty=True)
    if value and not _PHONE.fullmatch(value):
        raise Invalid("phone", "must be in international form, with a plus and digits only")
    return value


def _email(body: Mapping[str, Any]) -> str:
    value = _text(body, "email", 254, may_be_empty=True)
    if not value:
        return ""
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError:
        raise Invalid("email", "is no e-mail address") from None


def _reasons(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MOST_REASONS:
        raise Invalid("reasons", f"must be a list of at most {MOST_REASONS}")
    if not all(isinstance(one, str) and _CONDITION.fullmatch(one) for one in value):
        raise Invalid("reasons", "must be ids of conditions")
    return tuple(value)


def _given_reference(body: Mapping[str, Any]) -> str:
    given = _text(body, "reference", 20, may_be_empty=True)
    if given and not references.tidy(given):
        raise Invalid("reference", "is none of ours")
    return references.tidy(given)
