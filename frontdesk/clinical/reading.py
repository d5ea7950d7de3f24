"""Reads the health statements of a message: two readers find them, the assertion rules judge."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from frontdesk.clinical import encoder, language, measures
from frontdesk.clinical.assertion import Assertions, Stated
from frontdesk.clinical.clauses import parts, read_by_meaning
from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.encoder import Vectors
from frontdesk.clinical.findings import COUNTING, MEANING, WORDS
from frontdesk.clinical.findings import REFUSED as REFUSED
from frontdesk.clinical.findings import Considered as Considered
from frontdesk.clinical.findings import Reading as Reading
from frontdesk.clinical.implied import Implied
from frontdesk.clinical.meanings import Meanings
from frontdesk.clinical.modifiers import CLAUSE, load_modifiers
from frontdesk.clinical.proposals import Proposals, Thresholds
from frontdesk.clinical.settling import leave_explained, leave_lesser_questions, settled
from frontdesk.clinical.surroundings import Surroundings
from frontdesk.clinical.vocabulary import CONDITION, DOUBTFUL, HEALTH, HINT, SPANS
from frontdesk.domain.condition import Condition
from frontdesk.domain.finding import Assertion, Subject
from frontdesk.domain.modifier import Means, Modifier

assert language.MARK  # importing it tells spaCy of our steps

OWNED_AFTER = frozenset({"with", "have", "'ve", "ve", "my", "me"})  # "a nurse with asthma"
OTHERS = frozenset({"patients", "patient", "people", "clients", "kids", "ward", "unit", "clinic"})


@dataclass(slots=True)
class Named:
    """What the word lists found: names, hints that name nothing, and doubtful words."""

    names: list[Span]
    hints: list[Span]
    doubtful: list[Span]


class Reader:
    """Text in, findings out; no Rasa in it.

    It is given a document of our spaCy pipeline (see ``language``), and the vectors of the whole
    message and of each of ``parts(doc)``.
    """

    def __init__(
        self,
        nlp: Language,
        conditions: Mapping[str, Condition],
        modifiers: Mapping[str, Modifier],
        meanings: Meanings | None = None,
        thresholds: Thresholds | None = None,
    ) -> None:
        self.conditions = conditions
        self._assertions = Assertions(nlp, modifiers)
        self._proposals = Proposals(meanings, conditions, thresholds or Thresholds())
        self._judge = meanings.judge if meanings else None
        self._implied = Implied(conditions)

    def read(
        self, doc: Doc, vectors: Vectors | None = None, today: datetime.date | None = None
    ) -> Reading:
        """All health statements of a message."""
        reading, likely = Reading(), self._proposals.likelihoods(vectors)
        found = self._named(doc, likely)
        meant = self._proposals.of(doc, likely, [*found.names, *found.hints], reading)
        clauses = [Span(doc, span.start, span.end, CLAUSE, span_id=span.id_) for span, _ in meant]
        around = self._assertions.around(
            doc, [*found.names, *found.hints, *found.doubtful, *clauses]
        )
        if vectors is not None and len(vectors):
            around.texts, around.vectors = parts(doc), vectors
        around.meant = self._proposals.meant(likely)
        reading.is_corrected = around.is_corrected
        for span in found.names:
            self._add(reading, span, 1.0, WORDS, around, today)
        for span in found.hints:
            self._add(reading, span, 1.0, WORDS, around, today, is_hint=True)
        self._add_doubtful_and_meant(reading, found.doubtful, meant, around, today)
        self._add_denied_of_writer(reading, found.names, around)
        self._implied.add(reading, doc, around)
        leave_explained(reading, self.conditions)
        leave_lesser_questions(reading, self.conditions)
        return settled(reading)

    def _named(self, doc: Doc, likely: Vectors | None) -> Named:
        spans = [one for one in doc.spans.get(SPANS, ()) if one.id_ in self.conditions]
        names = [one for one in spans if one.label_ in HEALTH]
        names += self._along(doc, {one.id_ for one in names})
        known = {one.id_ for one in names}
        others = [one for one in spans if one.id_ not in known]
        hints = [one for one in others if one.label_ == HINT]
        doubtful = [one for one in others if one.label_ == DOUBTFUL]
        meant = [one for one in doubtful if self._proposals.settles(one.id_, likely)]
        names += [Span(doc, s.start, s.end, CONDITION, span_id=s.id_) for s in meant]
        return Named(names, hints, [one for one in doubtful if one not in meant])

    def _along(self, doc: Doc, known: Collection[str]) -> Iterator[Span]:
        """What the weeks of a pregnancy name that no word does: "I'm 11 weeks"."""
        for weeks, start, end in measures.weeks_along(measures.lower(doc.text)):
            span = doc.char_span(start, end, alignment_mode="expand")
            for name, condition in self.conditions.items():
                is_within = condition.along is not None and condition.along.holds(weeks)
                if span is not None and is_within and name not in known:
                    yield Span(doc, span.start, span.end, CONDITION, span_id=name)

    def _add_doubtful_and_meant(
        self,
        reading: Reading,
        doubtful: Sequence[Span],
        meant: Sequence[tuple[Span, float]],
        around: Surroundings,
        today: datetime.date | None,
    ) -> None:
        flags = [span for span in doubtful if self.conditions[span.id_].is_red_flag]
        for span in doubtful:
            if around.governing.ticked.get((span.start, span.end)):  # "liver: yes"
                self._add(reading, span, 1.0, WORDS, around, today)
            elif span not in flags:  # of a flag, what it means comes first: "can't orgasm"
                self._add_denied(reading, span, around)
        denied = {one.id for one in reading.findings if one.assertion is Assertion.ABSENT}
        for span, sureness in meant:
            if span.id_ in denied:  # "nothing wrong with my heart", whatever it sounds like
                reading.refuse(span, MEANING, sureness, "a word for it is denied")
            else:
                self._add(reading, span, sureness, MEANING, around, today)
        for span in flags:
            self._add_denied(reading, span, around)

    def _add(
        self,
        reading: Reading,
        span: Span,
        sureness: float,
        reader: str,
        around: Surroundings,
        today: datetime.date | None,
        is_hint: bool = False,
    ) -> None:
        condition = self.conditions[span.id_]
        target = span if reader == WORDS else Span(span.doc, span.start, span.end, CLAUSE)
        stated = self._assertions.of(target, condition, around, today)
        if self._judge and around.vectors is not None and not is_hint:
            stated = self._judge.judged(
                stated, span, condition, around.texts, around.vectors, is_clause=reader == MEANING
            )
        if is_hint and stated.assertion is Assertion.PRESENT:
            stated = replace(stated, assertion=Assertion.POSSIBLE)
        is_past = stated.assertion is Assertion.HISTORICAL and bool(condition.when_past)
        name = condition.when_past if is_past else span.id_
        is_doubtful = False
        if reader == MEANING:
            stated, is_doubtful = self._as_meant(reading, span, sureness, stated)
        is_elsewhere = _is_elsewhere(span, around) and span.id_ not in around.meant
        is_about_client = stated.subject is Subject.CLIENT
        if is_elsewhere and not condition.is_red_flag and is_about_client:
            return  # somebody's work, a film
        is_doubtful = is_doubtful or (is_elsewhere and stated.assertion in COUNTING)
        if is_doubtful and not (is_about_client and stated.assertion in COUNTING):
            # not certain what is meant, and certainly not of somebody here and now
            why = f"unsure, and {stated.assertion.value}, {stated.subject.value}"
            reading.refuse(span, reader, sureness, why, stated.because)
            return
        clearance = around.clearance
        reading.take(
            name, span, sureness, reader, stated, clearance=clearance, is_doubtful=is_doubtful
        )

    def _as_meant(
        self, reading: Reading, span: Span, sureness: float, stated: Stated
    ) -> tuple[Stated, bool]:
        """How what the second reader proposes is stated, and whether to ask about it."""
        condition = self.conditions[span.id_]
        if not condition.is_red_flag and self._is_supposed(reading, span):
            stated = replace(stated, assertion=Assertion.HYPOTHETICAL)
        is_denied_flag = condition.is_red_flag and stated.assertion is Assertion.ABSENT
        if is_denied_flag and sureness >= self._proposals.thresholds.denied:
            # "neither leg will hold me": a denial may be part of what is told
            return replace(stated, assertion=Assertion.POSSIBLE), True
        return stated, not self._proposals.is_sure(condition, sureness)

    def _add_denied(self, reading: Reading, span: Span, around: Surroundings) -> None:
        """A doubtful word that is denied: "heart: no". Nothing else is made of it."""
        stated = self._assertions.of(span, self.conditions[span.id_], around)
        is_known = any(one.id == span.id_ for one in reading.findings)
        if stated.assertion is Assertion.ABSENT and not is_known:
            reading.take(span.id_, span, 1.0, WORDS, stated, clearance=around.clearance)
        elif not is_known:
            why = "may mean something else, and nothing near it settles that"
            reading.refuse(span, WORDS, 1.0, why, stated.because)

    def _add_denied_of_writer(
        self, reading: Reading, named: Sequence[Span], around: Surroundings
    ) -> None:
        """What somebody else has and the writer has not: "my roommate has it, I don't"."""
        others = {one.id for one in reading.findings if one.subject is Subject.OTHER}
        own = {one.id for one in reading.findings if one.subject is Subject.CLIENT}
        for span in named:
            if span.id_ in others - own and around.is_denied_of_writer(span):
                stated = Stated(Assertion.ABSENT, Subject.CLIENT, ("the writer says: not me",))
                reading.take(span.id_, span, 1.0, WORDS, stated, clearance=around.clearance)

    @staticmethod
    def _is_supposed(reading: Reading, clause: Span) -> bool:
        """Whether all that a clause names is asked about in general."""
        named = [
            one
            for one, (start, end) in zip(reading.findings, reading.places, strict=True)
            if clause.start_char <= start and end <= clause.end_char
        ]
        return bool(named) and all(one.assertion is Assertion.HYPOTHETICAL for one in named)


def _is_elsewhere(span: Span, around: Surroundings) -> bool:
    """Whether its clause tells of somebody's work or of a film.

    A "manic episode" is of none, and "a nurse with asthma" has it.
    """
    doc = span.doc
    before = [token.norm_ for token in doc[max(span.sent.start, span.start - 2) : span.start]]
    following = [token.norm_ for token in doc[span.end : span.end + 1]]
    # "kids with epilepsy", "my stroke patients"
    is_with_others = before[-1:] == ["with"] and before[0] in OTHERS
    is_others = is_with_others or bool(OTHERS & set(following))
    if OWNED_AFTER & set(before) and not is_others:
        return False
    marks = around.marks.get(Means.ELSEWHERE, ())
    named = around.governing.names
    return any(
        span.sent.start <= mark.start < span.sent.end
        and not any(start <= mark.start and mark.end <= end for start, end in named)
        for mark in marks
    )


class TextReader:
    """Reads plain text with everything kept under ``models/``; the way in without Rasa."""

    def __init__(self, models: Path, data: Path) -> None:
        self.nlp = spacy.load(models / "reading")
        self._encoder = encoder.load(models / "encoder")
        meanings = Meanings.load(models / "meanings")
        conditions, modifiers = load_conditions(data), load_modifiers(data)
        self.reader = Reader(self.nlp, conditions, modifiers, meanings)

    def read(self, text: str, today: datetime.date | None = None) -> Reading:
        """All health statements of a text."""
        doc = self.nlp(text)
        return self.reader.read(doc, self._encoder.encode(read_by_meaning(doc)), today)
