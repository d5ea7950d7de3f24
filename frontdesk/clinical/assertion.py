"""How and of whom a condition is stated: denied, perhaps, once, what if, my mother."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from frontdesk.clinical import modifiers as words
from frontdesk.clinical import past, times
from frontdesk.clinical.governing import ALL_WELL, FILLERS, governing
from frontdesk.clinical.modifiers import distance, wording
from frontdesk.clinical.subjects import cast
from frontdesk.clinical.supposing import (
    asks_in_general,
    asks_of_folk,
    is_excepted_from,
    is_feared_again,
    is_own_after_all,
    is_supposed,
)
from frontdesk.clinical.surroundings import MARKS, Surroundings
from frontdesk.clinical.vocabulary import DOUBTFUL
from frontdesk.domain.condition import Condition
from frontdesk.domain.finding import FLAG, Assertion, Subject
from frontdesk.domain.modifier import Means, Modifier

BESIDE = 2  # words between a denial and what it certainly denies
Said = Mapping[Means, Any]  # what governs a target, the nearest of each kind


@dataclass(frozen=True, slots=True)
class Stated:
    """How something is stated, and the words that made it so.

    ``is_firm`` when words that are known leave no doubt: "no" right beside it, "not only", "I was
    diagnosed", "came to you and recommended". ``is_plain`` when it is denied in so many words: "I
    don't have diabetes".
    """

    assertion: Assertion
    subject: Subject
    because: tuple[str, ...] = ()
    is_firm: bool = False
    is_plain: bool = False


class Assertions:
    """Decides how each target in a message is stated."""

    def __init__(self, nlp: Language, modifiers: Mapping[str, Modifier]) -> None:
        self._context = words.context(nlp, modifiers)
        self._marks = words.Marks(nlp, modifiers, MARKS)

    def around(self, doc: Doc, targets: Iterable[Span]) -> Surroundings:
        """Find what governs each of the targets."""
        wanted = list(targets)
        each = {(span.start, span.end): span for span in wanted}
        doc.spans[words.TARGETS] = list(each.values())
        marks = self._marks(doc)
        self._context(doc)
        who = cast(doc, marks)
        flags = {(span.start, span.end) for span in wanted if span.id_.startswith(FLAG)}
        unsure = (words.CLAUSE, DOUBTFUL)
        sure = [place for place, span in each.items() if span.label_ not in unsure]
        return Surroundings(doc, marks, who, governing(doc, each, flags, sure, who))

    def of(
        self,
        target: Span,
        condition: Condition,
        around: Surroundings,
        today: datetime.date | None = None,
    ) -> Stated:
        """How a name in the message, or all of a clause, is stated."""
        governed = around.governing.of.get((target.start, target.end), [])
        furthest_first = sorted(governed, key=lambda one: -distance(one, target))
        said: Said = {Means(one.category.lower()): one for one in furthest_first}
        because = tuple(f"{k.value}: {wording(around.doc, one)}" for k, one in said.items())
        on = today or datetime.date.today()
        subject = _whose(target, condition, around, said, on)
        is_yes = around.governing.ticked.get((target.start, target.end))
        if is_yes or not _is_denial(target, condition, said, on):
            said = _without(said, Means.DENIED)
        if is_yes:
            said = _without(said, Means.NEGATED)
            because = (*because, "answered: yes")
        if subject is Subject.OTHER:  # "my sister is the diabetic one, not me"
            said = {k: v for k, v in said.items() if not _is_of_me(around.doc, k, v)}
        assertion = _unreal(target, around, said) or (
            _when_of_other(target, condition, around, said, on)
            if subject is Subject.OTHER
            else _when(target, condition, around, said, on)
        )
        if is_yes is False:
            return Stated(Assertion.ABSENT, subject, (*because, "answered: no"), is_firm=True)
        is_planned = assertion is Assertion.HYPOTHETICAL and past.is_planned(target, condition)
        is_firm = is_yes is not None or is_planned or _is_firm(target, around, said, subject)
        is_plain = assertion is Assertion.ABSENT and _is_plain(target, said)
        return Stated(assertion, subject, because, is_firm, is_plain)


def _whose(
    target: Span, condition: Condition, around: Surroundings, said: Said, today: datetime.date
) -> Subject:
    subject = around.cast.of(target.start, target.end, target.sent)
    if Means.FAMILY in said:
        return Subject.OTHER
    if condition.is_red_flag and subject is Subject.OTHER:
        told, _ = past.told_of(target, around.governing.names)
        if past.time_of(target, condition, said, today, told) is not Assertion.HISTORICAL:
            # somebody in danger now is sent for help, whoever it is
            return around.cast.in_danger(target.start, target.end)
    return subject


def _unreal(target: Span, around: Surroundings, said: Said) -> Assertion | None:
    """Supposed, perhaps, denied or feared to come back; None when it is or was so."""
    if is_feared_again(target):
        return Assertion.HISTORICAL
    is_about_somebody = bool(around.marks.get(Means.DISCLOSED))
    is_general = Means.HYPOTHETICAL in said and not _is_answered(target, said)
    if is_general and not (is_about_somebody or _is_own(target)):
        return Assertion.HYPOTHETICAL
    if Means.POSSIBLE in said:
        return Assertion.POSSIBLE
    is_question = (
        is_supposed(target)
        or asks_in_general(target, around.cast)
        or (not target.id_.startswith(FLAG) and asks_of_folk(target, around.cast))
    )
    if is_question and not (is_about_somebody or _is_own(target)):
        return Assertion.HYPOTHETICAL
    denial = said.get(Means.DENIED) or said.get(Means.NEGATED)
    if denial is None:
        return None
    if is_excepted_from(target):
        return Assertion.POSSIBLE
    if not target.id_.startswith(FLAG) and past.is_denied_since(target, denial, said):
        return Assertion.HISTORICAL
    return Assertion.ABSENT


def _is_own(target: Span) -> bool:
    return not target.id_.startswith(FLAG) and is_own_after_all(target)


def _when_of_other(
    target: Span, condition: Condition, around: Surroundings, said: Said, today: datetime.date
) -> Assertion:
    """What somebody else has is there unless the clause says when it was."""
    if not past.is_dated(target, said, today):
        return Assertion.PRESENT
    return _when(target, condition, around, said, today)


def _when(
    target: Span, condition: Condition, around: Surroundings, said: Said, today: datetime.date
) -> Assertion:
    told, begin = past.told_of(target, around.governing.names)
    ago = said.get(Means.AGO)
    if ago is not None and target.sent.start <= ago.modifier_span[0] < begin:
        said = _without(said, Means.AGO)
    return past.time_of(target, condition, said, today, told)


def _without(said: Said, means: Means) -> Said:
    return {k: v for k, v in said.items() if k is not means}


def _is_firm(target: Span, around: Surroundings, said: Said, subject: Subject) -> bool:
    """Whether known words settle it: a denial right beside it, or one that is taken back."""
    if Means.SINCE in said or Means.DISCLOSED in around.marks or around.is_corrected:
        return True
    if subject is Subject.OTHER and Means.NOT_THEIRS in around.marks:
        return True
    denials = [said[means] for means in words.DENIALS if means in said]
    if target.label_ != words.CLAUSE and any(_is_beside(one, target) for one in denials):
        return True
    if target.label_ == words.CLAUSE and any(_is_whole(target, one) for one in denials):
        return True
    begin = target.sent.start
    if target.start > begin and target.doc[target.start - 1].text == ":":
        return True  # "skin: sunburn" in a list of answers
    return any(
        begin <= start < max(target.start, begin + 1) for start, _ in around.governing.taken_back
    )


def _is_plain(target: Span, said: Said) -> bool:
    denial = said.get(Means.DENIED) or said.get(Means.NEGATED)
    is_right_before = denial is not None and denial.modifier_span[1] == target.start
    return target.label_ != words.CLAUSE and is_right_before


def _is_beside(denial: Any, target: Span) -> bool:
    return distance(denial, target) <= BESIDE and denial.rule.metadata["name"] != ALL_WELL


def _is_whole(clause: Span, denial: Any) -> bool:
    """Whether a clause says no more than that there is none: "and I don't have it"."""
    start, end = denial.modifier_span
    doc = clause.doc
    is_of_it = end < len(doc) and doc[end].norm_ in ("it", "that", "one", "any", "either", "them")
    begins = all(token.norm_ in FILLERS for token in doc[clause.start : start])
    return clause.start <= start and end < clause.end and is_of_it and begins


def _is_of_me(doc: Doc, means: Means, modifier: Any) -> bool:
    return means in words.DENIALS and wording(doc, modifier).lower().endswith(" me")


def _is_answered(target: Span, said: Said) -> bool:
    """Whether a supposition is answered: "I asked if I had sciatica and she said no"."""
    denial = said.get(Means.DENIED)
    if denial is None or denial.rule.metadata["name"] == ALL_WELL:
        return False
    return bool(denial.modifier_span[0] >= target.sent.end)


def _is_denial(target: Span, condition: Condition, said: Said, today: datetime.date) -> bool:
    """Whether "all clear", "is fine" and the like deny a thing, and not only say how it goes.

    What is over, or treated, was or is there: "stopped in March, so I'm fine", "on tablets, all
    good now", "cancer in 2014, all clear since".
    """
    denial = said.get(Means.DENIED)
    if denial is None or denial.rule.metadata["name"] != ALL_WELL:
        return True
    if said.keys() & {Means.OVER, Means.CURRENT, Means.AGO}:
        return False
    is_dated = times.days_ago(target.sent.text.lower(), today) is not None
    return not (is_dated and (condition.lifelong or Means.HAD in said))
