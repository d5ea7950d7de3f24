"""Which clinical texts a clinician has signed off, and which not yet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdesk.clinical.loading import read_yaml
from frontdesk.console.staff.access import needs
from frontdesk.console.staff.roles import VIEW
from frontdesk.domain.finding import FLAG
from frontdesk.settings import data_folder


@dataclass(frozen=True, slots=True)
class Text:
    """One entry of ``data/conditions/`` with what visitors are told."""

    id: str
    title: str
    advice: str
    is_red_flag: bool
    reviewed_by: str
    reviewed_on: str


@needs(VIEW)
@require_safe
def show_texts(request: HttpRequest) -> HttpResponse:
    """Every text, the unsigned first."""
    texts = _texts(data_folder())
    signed = sum(bool(one.reviewed_by) for one in texts)
    return render(request, "console/clinical_texts.html", {"texts": texts, "signed": signed})


@cache
def _texts(data: Path) -> tuple[Text, ...]:
    found = [
        Text(
            id=str(name),
            title=str(entry["title"]),
            advice=str(entry["advice"]),
            is_red_flag=str(name).startswith(FLAG),
            reviewed_by=str(entry.get("reviewed_by") or ""),
            reviewed_on=str(entry.get("reviewed_on") or ""),
        )
        for path in sorted((data / "conditions").glob("*.yml"))
        for name, entry in read_yaml(path, "conditions").items()
    ]
    return tuple(sorted(found, key=lambda one: (bool(one.reviewed_by), not one.is_red_flag)))
