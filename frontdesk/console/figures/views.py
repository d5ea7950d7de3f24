"""The page of figures, and each of them as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontdesk.console.figures import questions
from frontdesk.console.figures.figure import Value
from frontdesk.console.figures.gallery import NAMED, SHOWN
from frontdesk.console.figures.grouping import EXAMPLES
from frontdesk.console.figures.period import LENGTHS, Period
from frontdesk.console.figures.sheets import as_csv
from frontdesk.console.staff.access import member, needs
from frontdesk.console.staff.models import Look
from frontdesk.console.staff.records import record
from frontdesk.console.staff.roles import VIEW

UNANSWERED = "unanswered"


@needs(VIEW)
@require_safe
def show_figures(request: HttpRequest) -> HttpResponse:
    """All figures of a period; the grouped questions are loaded after the page."""
    period = Period.read(request.GET.get("days", ""))
    figures = [make(period) for make in SHOWN]
    shown = {"period": period, "lengths": LENGTHS, "gallery": figures, "here": "figures"}
    return render(request, "figures/figures.html", shown)


@needs(VIEW)
@require_safe
def show_unanswered(request: HttpRequest) -> HttpResponse:
    """The questions that were not understood: within the page, or as a page of their own."""
    period = Period.read(request.GET.get("days", ""))
    asked = questions.asked(period)
    shown = {
        "period": period,
        "questions": asked[: questions.MOST_GROUPS],
        "more": max(0, len(asked) - questions.MOST_GROUPS),
        "every": sum(one.count for one in asked),
        "here": "figures",
    }
    is_part = request.headers.get("HX-Request")
    template = "figures/questions.html" if is_part else "figures/unanswered.html"
    return render(request, template, shown)


@needs(VIEW)
@require_safe
def save_figure(request: HttpRequest, name: str) -> HttpResponse:
    """One figure as a file; of the questions, which hold words of visitors, a record is kept."""
    period = Period.read(request.GET.get("days", ""))
    if name == UNANSWERED:
        record(member(request), Look.Deed.EXPORTED, reason="questions that were not understood")
        rows: list[tuple[Value, ...]] = [
            (one.count, *_texts(one)) for one in questions.asked(period)
        ]
        told = as_csv(["Messages", "Example", "Another", "Another"], rows)
    elif name in NAMED:
        figure = NAMED[name](period)
        told = as_csv([column.title for column in figure.columns], figure.rows)
    else:
        raise Http404
    file = f"{name}-{period.days[0]:%Y-%m-%d}-to-{period.last:%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return HttpResponse(told, content_type="text/csv; charset=utf-8", headers=headers)


def _texts(question: questions.Question) -> list[str]:
    texts = [one.text for one in question.examples]
    return texts + [""] * (EXAMPLES - len(texts))
