"""What a member of staff fills in about one message, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from django.http import QueryDict

from frontdesk.clinical.masking import mask
from frontdesk.console.bookings import facts
from frontdesk.console.conversations.errors import CannotDo
from frontdesk.console.conversations.understood import Said
from frontdesk.console.learning import choices
from frontdesk.console.learning.models import Correction
from frontdesk.console.learning.original import UNTAUGHT, findings_of
from frontdesk.console.learning.phrases import checked, normal

LONGEST_WORDS = 60
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a message meant: what a ``Correction`` keeps of it."""

    status: Correction.Status
    phrase: str = ""
    intent: str = ""
    entities: Sequence[Mapping[str, str]] = ()
    findings: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


def read(given: QueryDict, heard: Said) -> Lesson:
    """The lesson of a filled-in page.

    Raises:
        CannotDo: something in it cannot be learned; the message says what.
    """
    # what the visitor wrote was masked; what is typed here may hold something personal again
    phrase = checked(mask(given.get("phrase", ""), allowed=facts.own()).text)
    intent = given.get("intent", "")
    if intent:
        known_intent(intent)
    findings = _findings(given, heard, phrase)
    meant = "" if heard.intent in UNTAUGHT else heard.intent
    is_other = intent != meant or findings["missed"] or findings["wrong"]
    status = Correction.Status.CORRECTED if is_other else Correction.Status.ACCEPTED
    note = mask(given.get("note", "").strip(), allowed=facts.own()).text[:LONGEST_NOTE]
    return Lesson(status, phrase, intent, _entities(given, phrase), findings, note)


def known_intent(intent: str) -> str:
    """An intent that can be taught.

    Raises:
        CannotDo: there is none of that name.
    """
    if intent not in choices.intents():
        raise CannotDo("Please choose what the message meant.")
    return intent


def _entities(given: QueryDict, phrase: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for chosen, told in zip_longest(given.getlist("entity"), given.getlist("words"), fillvalue=""):
        words = " ".join(told.split())
        if not chosen and not words:
            continue
        if chosen not in choices.entities():
            raise CannotDo("Please choose what the marked words stand for.")
        entity, _, value = chosen.partition(":")
        found.append({"entity": entity, "value": value, "words": _part(words, phrase)})
    return found


def _findings(given: QueryDict, heard: Said, phrase: str) -> dict[str, Any]:
    noticed = {one.id for one in heard.noticed}
    wrong = [one for one in given.getlist("wrong") if one in noticed]
    kept = [one for one in findings_of(heard) if one["id"] not in wrong]
    asked = ("missed", "missed_words", "assertion", "subject")
    rows = zip_longest(*(given.getlist(name) for name in asked), fillvalue="")
    missed = [_missed(*row, phrase=phrase) for row in rows if row[0] or row[1].strip()]
    if len({one["id"] for one in missed}) < len(missed):
        raise CannotDo("Please name each missed finding once.")
    again = {one["id"] for one in missed}
    return {
        "missed": missed,
        "wrong": [one for one in wrong if one not in again],
        "kept": [one for one in kept if one["id"] not in again],
    }


def _missed(name: str, told: str, assertion: str, subject: str, *, phrase: str) -> dict[str, str]:
    if name not in choices.findings():
        raise CannotDo("Please choose which condition or red flag was missed.")
    if assertion not in choices.ASSERTIONS or subject not in choices.SUBJECTS:
        raise CannotDo("Please say how the finding was stated, and of whom.")
    words = " ".join(told.split())
    return {
        "id": name,
        "words": _part(words, phrase) if words else "",
        "assertion": assertion,
        "subject": subject,
    }


def _part(words: str, phrase: str) -> str:
    """Words that stand in the phrase."""
    is_there = f" {normal(words)} " in f" {normal(phrase)} "
    if not normal(words) or not is_there:
        raise CannotDo("The marked words must stand in the phrase as they are.")
    if len(words) > LONGEST_WORDS:
        raise CannotDo(f"Please mark {LONGEST_WORDS} characters or fewer.")
    return words.lower()
