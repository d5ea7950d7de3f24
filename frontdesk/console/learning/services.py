"""Decides what a message meant, for all messages in the same words at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from frontdesk.console.conversations.errors import CannotDo
from frontdesk.console.conversations.models import Message
from frontdesk.console.learning import doubts
from frontdesk.console.learning.lessons import Lesson, known_intent
from frontdesk.console.learning.library import Library
from frontdesk.console.learning.models import Correction
from frontdesk.console.learning.original import UNTAUGHT, Original, findings_of, original
from frontdesk.console.learning.phrases import checked, normal
from frontdesk.console.learning.selectors import waiting

Status = Correction.Status


def accept(message: Message, user: User) -> Correction:
    """The assistant was right. Its words are learned when they may be.

    Raises:
        CannotDo: it was not understood at all, so there is nothing to be right about.
    """
    if message.intent in UNTAUGHT:
        raise CannotDo("There is no intent to accept here. Please choose one, or put it aside.")
    before = original(message)
    findings = _noticed(before)
    try:
        lesson = Lesson(Status.ACCEPTED, checked(before.masked), message.intent, findings=findings)
    except CannotDo:  # right all the same
        lesson = Lesson(Status.ACCEPTED, intent=message.intent)
    return keep(message, user, lesson)


def correct(message: Message, user: User, intent: str) -> Correction:
    """The message meant something else.

    Raises:
        CannotDo: no such intent, or something personal was masked in the message.
    """
    before = original(message)
    phrase, meant = checked(before.masked), known_intent(intent)
    return keep(message, user, Lesson(Status.CORRECTED, phrase, meant, findings=_noticed(before)))


def _noticed(before: Original) -> dict[str, Any]:
    """What was found about health, which nobody has judged yet."""
    found = findings_of(before.heard)
    return {"noticed": found} if found else {}


def put_aside(message: Message, user: User) -> Correction:
    """Nothing is to be learned from it."""
    return keep(message, user, Lesson(Status.ASIDE))


@transaction.atomic
def keep(message: Message, user: User, lesson: Lesson) -> Correction:
    """Write down what a message meant, and close all that are in the same words."""
    before = Correction.objects.filter(message=message).first()
    closed = sorted({*doubts.alike(message.event), *(before.alike if before else ())})
    kept, _ = Correction.objects.update_or_create(
        message=message,
        defaults={
            "status": lesson.status,
            "phrase": lesson.phrase,
            "intent": lesson.intent,
            "entities": list(lesson.entities),
            "findings": dict(lesson.findings),
            "note": lesson.note,
            "took_for": message.intent,
            "confidence": message.confidence,
            "alike": closed,
            "moves": False,
            "by": user,
            "exported_at": None,
        },
    )
    _open(closed, is_open=False)
    return kept


@transaction.atomic
def undo(message: Message) -> None:
    """Forget what was decided about a message and those alike; they are to be looked at again.

    Raises:
        CannotDo: it has been exported since.
    """
    kept = Correction.objects.select_for_update().filter(message=message).first()
    if kept is None:
        return
    if kept.exported_at:
        raise CannotDo("This has been exported already. Please correct it instead.")
    _open(kept.alike, is_open=True)
    kept.delete()


def _open(events: list[int], *, is_open: bool) -> None:
    for start in range(0, len(events), 500):
        some = events[start : start + 500]
        Message.objects.filter(event__in=some).update(is_open=is_open)


@transaction.atomic
def settle(correction: Correction, intent: str, data: Path) -> None:
    """Give a phrase one intent, wherever it was given another.

    Raises:
        CannotDo: there is no such intent.
    """
    known_intent(intent)
    phrase = normal(correction.phrase)
    home = Library(data).homes.get(phrase)
    for one in waiting():
        if normal(one.phrase) == phrase:
            one.intent, one.moves = intent, home not in (None, intent)
            one.save()


def leave_out(correction: Correction) -> None:
    """Learn nothing from what was corrected."""
    correction.status = Status.ASIDE
    correction.save()
