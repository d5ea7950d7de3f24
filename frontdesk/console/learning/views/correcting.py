"""One message: what it meant, which words stand for what, and what was missed in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from frontdesk.console.conversations.errors import CannotDo
from frontdesk.console.conversations.models import Message
from frontdesk.console.conversations.revealing import is_revealed
from frontdesk.console.learning import choices, lessons, services
from frontdesk.console.learning.models import Correction
from frontdesk.console.learning.original import Original, original, revealed
from frontdesk.console.learning.views.inbox import found
from frontdesk.console.staff.access import member, needs
from frontdesk.console.staff.roles import CORRECT, VIEW

SPARE_ROWS = 2
TALK = "/staff/conversations/"
ROW = {"entity": "", "words": "", "missed": "", "assertion": "present", "subject": "client"}


@needs(VIEW, CORRECT)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, event: int) -> HttpResponse:
    """Show the page, or keep what was filled in."""
    message = found(event)
    before = original(message)
    problem = ""
    if request.method == "POST":
        try:
            services.keep(message, member(request), lessons.read(request.POST, before.heard))
        except CannotDo as error:
            problem = str(error)
        else:
            place = reverse("conversation", args=[message.conversation_id])
            to_list = redirect("learning")
            return redirect(f"{place}#m{event}") if "from_talk" in request.POST else to_list
    shown = _page(request, message, before) | {"problem": problem}
    return render(request, "learning/correct.html", shown, status=422 if problem else 200)


def _page(request: HttpRequest, message: Message, before: Original) -> dict[str, Any]:
    kept: Correction | None = getattr(message, "correction", None)
    filled = _typed(request) if request.method == "POST" else _kept(kept, before)
    return {
        "message": message,
        "before": before,
        "correction": kept,
        "revealed": revealed(message) if is_revealed(request, message.conversation) else "",
        "filled": filled,
        "intents": choices.intents(),
        "entity_kinds": choices.grouped_entities(),
        "finding_kinds": choices.grouped_findings(),
        "assertions": choices.ASSERTIONS,
        "subjects": choices.SUBJECTS,
        "from_talk": "from_talk" in request.POST or TALK in request.headers.get("Referer", ""),
        "here": "learning",
    }


def _kept(kept: Correction | None, before: Original) -> dict[str, Any]:
    """What the page shows at first: what was decided before, else what was understood."""
    first = before.heard.intent if before.heard.intent in choices.intents() else ""
    if kept is None:
        return _filled(before.masked, first, [], [], [], "")
    return _filled(
        kept.phrase or before.masked,
        kept.intent or first,
        [{"entity": f"{one['entity']}:{one['value']}", **_words(one)} for one in kept.entities],
        [{**one, "missed": one["id"]} for one in kept.findings.get("missed", ())],
        kept.findings.get("wrong", []),
        kept.note,
    )


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was typed, to be shown again with what is wrong."""
    given = request.POST
    entities = [
        {"entity": entity, "words": words}
        for entity, words in zip(given.getlist("entity"), given.getlist("words"), strict=False)
    ]
    asked = (given.getlist(one) for one in ("missed", "missed_words", "assertion", "subject"))
    missed = [
        {"missed": name, "words": words, "assertion": assertion, "subject": subject}
        for name, words, assertion, subject in zip(*asked, strict=False)
    ]
    wrong = given.getlist("wrong")
    phrase, intent, note = (given.get(one, "") for one in ("phrase", "intent", "note"))
    return _filled(phrase, intent, entities, missed, wrong, note)


def _filled(
    phrase: str,
    intent: str,
    entities: list[dict[str, str]],
    missed: list[dict[str, str]],
    wrong: list[str],
    note: str,
) -> dict[str, Any]:
    return {
        "phrase": phrase,
        "intent": intent,
        "entities": _with_spare(entities, "entity"),
        "missed": _with_spare(missed, "missed"),
        "wrong": wrong,
        "note": note,
    }


def _with_spare(rows: list[dict[str, str]], key: str) -> list[dict[str, str]]:
    used = [row for row in rows if row.get(key) or row.get("words")]
    return [*used, *(dict(ROW) for _ in range(SPARE_ROWS))]


def _words(one: dict[str, str]) -> dict[str, str]:
    return {"words": one["words"]}
