"""Whether what is done to somebody on a day is still to come: "surgery is planned for May"."""

from __future__ import annotations

import re

from spacy.tokens import Span

from frontdesk.clinical.modifiers import CLAUSE
from frontdesk.clinical.times import NUMBER, UNIT

NEAR = 6  # words before it that may tell of a plan
_DAY = r"(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?"
_SEASON = "week|month|year|spring|summer|fall|autumn|winter"
_SOON = re.compile(
    rf"\b(?:tomorrow|tmrw|soon|next (?:{_SEASON}|{_DAY})|later this|after the holidays|"
    rf"in (?:about )?(?:{NUMBER})(?: more)? (?:{UNIT})s?)\b"
)
# These may be the days to come, or those before.
_ON = re.compile(
    rf"\bon (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)|{_DAY})\b|\bthis (?:coming )?{_DAY}\b"
)
# Right before it, with words for which one between: arranged, whether or not a day is named ...
_WHICH = r"\s+(?:(?!with\b|massages?\b|and\b|so\b|for\b|session\b|after\b)[\w'-]+\s+){0,3}$"
_ARRANGED = re.compile(
    r"\b(?:scheduled (?:for|to have)|booked for|due for|waiting (?:for|on|to have|to get)|awaiting|"
    r"waiting list for|waitlist for|on the list for|upcoming|going in for|planning(?: on)?|"
    r"(?:going|gonna|about|supposed) (?:to )?(?:have|get|start)|"
    rf"(?:will|'ll) (?:have|get|start|be having|be getting|be starting)){_WHICH}"
)
# ... or only if a day is.
_WITH_A_DAY = re.compile(rf"\b(?:having|getting|gets?|starts?|starting|begins?|beginning){_WHICH}")
_AFTERWARDS = re.compile(
    r"^\W*(?:(?:that )?(?:is|'s|has been|are)\W+)?(?:(?:already|being|now)\s+)?"
    r"(?:planned|scheduled|coming up|lined up|set for|in the works|to come)\b"
)
_THEN = re.compile(rf"^\W*(?:is|'s|are)?\s*(?:only |not until |coming )?{_SOON.pattern}")
# What is over, goes on, or is there already beside the next one.
_DONE = re.compile(
    r"\b(?:had|was|were|did|done|went|ago|since|already|after|post|recover\w*|healing|healed|"
    r"finished|every|each|still|another|second|third|other|more|last|replaced|revision|battery|"
    r"next (?:chemo|round|cycle|session|infusion|injection|shot|dose))\b"
)


def is_to_come(target: Span, *, is_event: bool) -> bool:
    """Whether it is planned and not there yet.

    ``is_event`` is of what is over in a day, and not of what stays: "surgery next week" is to
    come; of a pacemaker it might be the massage that is.
    """
    doc, clause = target.doc, target.sent
    if target.label_ == CLAUSE or _DONE.search(clause.text.lower()):
        return False
    before = doc[max(clause.start, target.start - NEAR) : target.start].text.lower() + " "
    name = target.text.lower() + " "  # it may hold the plan: "start chemo"
    after = doc[target.end : clause.end].text.lower()
    if _ARRANGED.search(before) or _AFTERWARDS.search(after):
        return True
    if _WITH_A_DAY.search(before) or _WITH_A_DAY.match(name):
        return bool(_SOON.search(after) or _ON.search(after))
    return is_event and _THEN.search(after) is not None
