"""When a condition was: now, or in the past, by what is said of time and by how long it counts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from spacy.tokens import Span

from frontdesk.clinical import times
from frontdesk.clinical.modifiers import CONTEXT, distance
from frontdesk.clinical.plans import is_to_come
from frontdesk.domain.condition import Condition, History
from frontdesk.domain.finding import Assertion
from frontdesk.domain.modifier import Direction, Means

YEAR = 365  # days
GOING_ON = ("lasting", "treated")  # "has been", which a nearer "used to" beats
PAST = frozenset({Means.AGO, Means.HAD, Means.OVER})
_NONE_SINCE = re.compile(r"\W*since\b.*\b(?:19|20)\d\d|\W*in (?:\w+ ){0,2}years\b|\W*since i was\b")
_NO_MORE = re.compile(r"\W*(?:any ?more|any longer)\b")
_FROM_NOW_ON = re.compile(r"\b(?:now|since|any ?more|nowadays|these days)\b")
# How a clause begins that dates the one before it: "but that was in 1998".
BACK_THEN = {
    (that, was) for that in ("that", "it", "this", "they") for was in ("was", "were", "'s")
}


def time_of(
    target: Span,
    condition: Condition,
    means: Mapping[Means, Any],
    today: datetime.date,
    clause: str,
) -> Assertion:
    """Present, of the past or to come, by what ``clause`` says of time and how long it counts."""
    if is_planned(target, condition):
        return Assertion.HYPOTHETICAL
    if condition.lifelong:
        # one that counts when it is past as well may be called past
        is_past = Means.OVER in means and condition.history is History.FIRES
        if Means.CURRENT in means and not _is_done(target, means, clause, today):
            is_past = False  # "diagnosed when I was at school"
        return Assertion.HISTORICAL if is_past and not condition.weeks else Assertion.PRESENT
    if Means.CURRENT in means and not _is_done(target, means, clause, today):
        return Assertion.PRESENT
    days = times.days_ago(clause, today, with_months=bool(PAST & means.keys()))
    if days is None and Means.AGO in means:
        days = means[Means.AGO].rule.metadata["days"]
    if days is not None and condition.weeks and days <= condition.weeks * 7:
        return Assertion.PRESENT  # healed or not, it is too recent
    if Means.SINCE in means and Means.OVER not in means:
        return Assertion.PRESENT  # "no feeling in it since I cut the nerve years ago"
    is_over = Means.OVER in means and not (condition.is_red_flag and not _is_long_over(means))
    if days is not None and not is_over:
        return Assertion.PRESENT if days <= max(7, condition.weeks * 7) else Assertion.HISTORICAL
    if is_over:
        return Assertion.HISTORICAL
    if Means.HAD in means and Means.SINCE not in means and not times.is_lasting(clause):
        if condition.is_red_flag:
            return Assertion.PRESENT
        return Assertion.POSSIBLE if condition.weeks else Assertion.HISTORICAL
    return Assertion.PRESENT


def is_planned(target: Span, condition: Condition) -> bool:
    """Whether it is something to be done to somebody, and still to come."""
    return condition.arranged and is_to_come(target, is_event=bool(condition.weeks))


def told_of(target: Span, names: Sequence[tuple[int, int]]) -> tuple[str, int]:
    """The words that may say when something was, and which word they begin at.

    Those of its clause, without what stands before an "and" with a name of its own ("gave birth 6
    weeks ago and breastfeeding"); and those of the next when it says so: "but that was in 1998".
    """
    clause, doc = target.sent, target.doc
    start = clause.start
    for token in doc[clause.start : target.start]:
        has_name = any(start <= place < token.i for place, _ in names)
        if token.norm_ in ("and", "plus", "&", ",") and has_name:
            start = token.i
    told = doc[start : clause.end].text.lower()
    if clause.end < len(doc):
        following = doc[clause.end].sent
        spoken = [token.norm_ for token in following if token.is_alpha or token.norm_ == "'s"]
        while spoken and spoken[0] in ("but", "and", "yes", "yeah"):
            spoken = spoken[1:]
        if tuple(spoken[:2]) in BACK_THEN or spoken[:1] in (["in"], ["back"]):
            told = f"{told} {following.text.lower()}"
    return told, start


def is_denied_since(target: Span, denial: Any, means: Mapping[Means, Any]) -> bool:
    """Whether a denial says that it is over: "kidney stones in the past, nothing now".

    Or since when there was none: "no surgery since 1988", "not on steroids any more".
    """
    start, end = denial.modifier_span
    doc = target.doc
    if end <= target.start:
        following = doc[target.end : target.sent.end].text.lower()
        return bool(_NONE_SINCE.match(following) or _NO_MORE.match(following))
    told = doc[start : end + 2].text.lower()
    return bool(PAST & means.keys()) and _FROM_NOW_ON.search(told) is not None


def is_dated(target: Span, means: Mapping[Means, Any], today: datetime.date) -> bool:
    """Whether a clause about somebody else says when it was."""
    if means.keys() & {Means.AGO, Means.OVER}:
        return True
    return times.days_ago(target.sent.text.lower(), today, with_months=False) is not None


def _is_nearer_over(target: Span, means: Mapping[Means, Any]) -> bool:
    """Whether "used to" stands nearer than a "has been": "used to get it, skin has been clear"."""
    over, current = means.get(Means.OVER), means[Means.CURRENT]
    if over is None or current.rule.metadata["name"] not in GOING_ON:
        return False
    return distance(over, target) < distance(current, target)


def _is_done(target: Span, means: Mapping[Means, Any], clause: str, today: datetime.date) -> bool:
    """Whether what was treated is over: "treated back in 1998 and had nothing since"."""
    if _is_nearer_over(target, means):
        return True
    is_treated = means[Means.CURRENT].rule.metadata["name"] == "treated"
    is_dated = (times.days_ago(clause, today) or 0) > YEAR
    return Means.OVER in means and is_treated and is_dated


def _is_long_over(means: Mapping[Means, Any]) -> bool:
    """Whether a red flag is over for certain: "as a child", not "used to be just the one leg"."""
    direction: str = means[Means.OVER].rule.direction
    return direction == CONTEXT[Direction.BOTH]
