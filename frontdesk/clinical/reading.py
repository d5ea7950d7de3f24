"""Reads the health statements of a message: two readers find them, the assertion rules judge."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from frontdesk.clinical import encoder, language, measures, times
from frontdesk.clinical.assertion import Assertions, Stated
from frontdesk.clinical.clauses import parts
from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.encoder import Vectors
from frontdesk.clinical.meanings import NONE, Meanings
from frontdesk.clinical.modifiers import CLAUSE, load_modifiers
from frontdesk.clinical.surroundings import Surroundings
from frontdesk.clinical.vocabulary import DOUBTFUL, HEALTH, HINT, SPANS
from frontdesk.domain.condition import Condition, Urgency
from frontdesk.domain.finding import Assertion, Finding, Subject
from frontdesk.domain.modifier import Means, Modifier

assert language.MARK  # importing it tells spaCy of our steps
COUNTING = (Assertion.PRESENT, Assertion.POSSIBLE, Assertion.HISTORICAL)
SHORT = 9  # words of a clause whose meaning a name in it may account for
WORDS, MEANING, AGE, MEASURED, TOGETHER = "words", "meaning", "age", "measured", "together"
REFUSED = "refused: "  # how the outcome begins of what was considered and let go
NOTED, LEAST_NOTED = 2, 0.05  # how many unlikely meanings are noted, and from which likelihood


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which likelihood the second reader is believed, and from which it asks.

    Chosen on messages by writers of their own, red flags first; see docs/clinical.md.
    """

    flag_sure: float = 0.65
    flag_ask: float = 0.12
    calm_ask: float = 0.2  # of what is worth a visit to the doctor, and not today
    condition_sure: float = 0.35
    condition_ask: float = 0.35
    flag_beside_names: float = 0.75  # in a short clause that names something else
    condition_beside_names: float = 0.9  # in any clause that does
    denied: float = 0.5  # of a red flag that seems denied, to be asked about all the same
    joined: float = 0.5  # of what is a red flag only together with something else


@dataclass(frozen=True, slots=True)
class Considered:
    """One entry that was looked at: what was found, or why it was let go."""

    id: str
    reader: str
    text: str
    start: int
    end: int
    sureness: float
    outcome: str
    because: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """The findings of a message with where they stand, and all that was considered."""

    findings: list[Finding] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    considered: list[Considered] = field(default_factory=list)
    is_corrected: bool = False


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
        thresholds: Thresholds = Thresholds(),
    ) -> None:
        self.conditions = conditions
        limits = [(one.measured, name) for name, one in conditions.items() if one.measured]
        self._limits = sorted(limits, key=lambda pair: -pair[0].systolic)  # the worst first
        self._assertions = Assertions(nlp, modifiers)
        self._meanings = meanings
        self._thresholds = thresholds

    def read(
        self, doc: Doc, vectors: Vectors | None = None, today: datetime.date | None = None
    ) -> Reading:
        """All health statements of a message."""
        named = [span for span in doc.spans.get(SPANS, ()) if span.label_ in HEALTH]
        named = [span for span in named if span.id_ in self.conditions]
        known = {span.id_ for span in named}
        hinted = [s for s in doc.spans.get(SPANS, ()) if s.label_ == HINT and s.id_ not in known]
        doubtful = [
            s for s in doc.spans.get(SPANS, ()) if s.label_ == DOUBTFUL and s.id_ not in known
        ]
        reading = Reading()
        meant = self._meant(doc, vectors, [*named, *hinted], reading.considered)
        clauses = [Span(doc, span.start, span.end, CLAUSE, span_id=span.id_) for span, _ in meant]
        around = self._assertions.around(doc, [*named, *hinted, *doubtful, *clauses])
        reading.is_corrected = around.is_corrected
        for span in named:
            self._add(reading, span, 1.0, WORDS, around, today)
        for span in hinted:
            self._add(reading, span, 1.0, WORDS, around, today, is_hint=True)
        flags = {span for span in doubtful if self.conditions[span.id_].is_red_flag}
        for span in doubtful:
            if span not in flags:  # of a flag, what it means comes first: "can't orgasm"
                self._add_denied(reading, span, around)
        denied = {one.id for one in reading.findings if one.assertion is Assertion.ABSENT}
        for span, sureness in meant:
            if span.id_ in denied:  # "nothing wrong with my heart", whatever it sounds like
                why = "a word for it is denied"
                reading.considered.append(_refused(span, MEANING, sureness, why))
            else:
                self._add(reading, span, sureness, MEANING, around, today)
        for span in flags:
            self._add_denied(reading, span, around)
        self._add_denied_of_writer(reading, named, around)
        self._add_implied(reading)
        self._add_ages(reading, doc, around)
        self._add_measured(reading, doc, around)
        self._add_joined(reading, doc, around)
        self._leave_lesser_questions(reading)
        return _settled(reading, self.conditions)

    def _meant(
        self,
        doc: Doc,
        vectors: Vectors | None,
        named: Sequence[Span],
        considered: list[Considered],
    ) -> list[tuple[Span, float]]:
        """Clauses that mean an entry which is not named in the message, likeliest first.

        What a clause names explains much of its meaning: beside it only what is sure counts.
        The next likeliest are noted in ``considered``.
        """
        known = {span.id_ for span in named}
        if self._meanings is None or vectors is None or not len(vectors):
            return []
        likely = self._meanings.likelihoods(vectors)
        labels, asks = self._meanings.labels, self._thresholds
        best = likely.max(axis=0)
        texts = parts(doc)
        found = []
        for number in np.argsort(-best):
            sureness, name = float(best[number]), labels[number]
            is_likely = sureness >= min(asks.flag_ask, asks.condition_ask)
            if not is_likely and (sureness < LEAST_NOTED or len(considered) >= NOTED):
                break
            if name == NONE or name in known or name not in self.conditions:
                continue
            is_flag = self.conditions[name].is_red_flag
            clause = _clause(doc, texts, likely[:, number])
            beside = asks.flag_beside_names if is_flag else asks.condition_beside_names
            is_short = sum(token.is_alpha for token in clause) <= SHORT
            is_named_there = (is_short or not is_flag) and any(
                one.start < clause.end and clause.start < one.end for one in named
            )
            why = ""
            needed = self.conditions[name].only_with
            if sureness < self._least(name):
                why = "too unlikely"
            elif needed and not any(token.norm_ in needed for token in doc):
                why = "nothing else in the message speaks for it"
            elif is_named_there and sureness < beside:
                why = "too unlikely beside what is named there"
            elif self.conditions[name].joins_asking and sureness < asks.joined:
                why = "too unlikely for what counts only with something else"
            label = "red_flag" if is_flag else "condition"
            span = Span(doc, clause.start, clause.end, label, span_id=name)
            if not why:
                found.append((span, sureness))
            elif len(considered) < NOTED:
                considered.append(_refused(span, MEANING, sureness, why))
        return found

    def _least(self, name: str) -> float:
        """From which likelihood an entry is asked about: the more urgent, the sooner."""
        urgency = self.conditions[name].urgency
        if urgency is Urgency.NONE:
            return self._thresholds.condition_ask
        is_calm = urgency is Urgency.SEE_GP
        return self._thresholds.calm_ask if is_calm else self._thresholds.flag_ask

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
        if is_hint and stated.assertion is Assertion.PRESENT:
            stated = replace(stated, assertion=Assertion.POSSIBLE)
        name = span.id_
        if stated.assertion is Assertion.HISTORICAL and condition.when_past:
            name = condition.when_past
        if reader == MEANING and not condition.is_red_flag and self._is_supposed(reading, span):
            stated = replace(stated, assertion=Assertion.HYPOTHETICAL)
        is_doubtful = reader == MEANING and not self._is_sure(condition, sureness)
        if (
            reader == MEANING
            and condition.is_red_flag
            and stated.assertion is Assertion.ABSENT
            and sureness >= self._thresholds.denied
        ):
            # "neither leg will hold me": a denial may be part of what is told
            stated = replace(stated, assertion=Assertion.POSSIBLE)
            is_doubtful = True
        is_elsewhere = any(
            span.sent.start <= mark.start < span.sent.end
            for mark in around.marks.get(Means.ELSEWHERE, ())
        )
        if is_elsewhere and not condition.is_red_flag and stated.subject is Subject.CLIENT:
            return  # somebody's work, a film
        is_doubtful = is_doubtful or (is_elsewhere and stated.assertion in COUNTING)
        is_about_client = stated.subject is Subject.CLIENT
        if is_doubtful and not (is_about_client and stated.assertion in COUNTING):
            # not certain what is meant, and certainly not of somebody here and now
            why = f"unsure, and {stated.assertion.value}, {stated.subject.value}"
            reading.considered.append(_refused(span, reader, sureness, why, stated.because))
            return
        self._note(reading, name, span, sureness, reader, stated, around, is_doubtful)

    def _add_denied(self, reading: Reading, span: Span, around: Surroundings) -> None:
        """A doubtful word that is denied: "heart: no". Nothing else is made of it."""
        stated = self._assertions.of(span, self.conditions[span.id_], around)
        is_known = any(one.id == span.id_ for one in reading.findings)
        if stated.assertion is Assertion.ABSENT and not is_known:
            self._note(reading, span.id_, span, 1.0, WORDS, stated, around, False)
        elif not is_known:
            why = "may mean something else, and nothing near it settles that"
            reading.considered.append(_refused(span, WORDS, 1.0, why, stated.because))

    def _add_denied_of_writer(
        self, reading: Reading, named: Sequence[Span], around: Surroundings
    ) -> None:
        """What somebody else has and the writer has not: "my roommate has it, I don't"."""
        others = {one.id for one in reading.findings if one.subject is Subject.OTHER}
        own = {one.id for one in reading.findings if one.subject is Subject.CLIENT}
        for span in named:
            if span.id_ in others - own and around.is_denied_of_writer(span):
                stated = Stated(Assertion.ABSENT, Subject.CLIENT, ("the writer says: not me",))
                self._note(reading, span.id_, span, 1.0, WORDS, stated, around, False)

    @staticmethod
    def _is_supposed(reading: Reading, clause: Span) -> bool:
        """Whether all that a clause names is asked about in general."""
        named = [
            one
            for one, (start, end) in zip(reading.findings, reading.places, strict=True)
            if clause.start_char <= start and end <= clause.end_char
        ]
        return bool(named) and all(one.assertion is Assertion.HYPOTHETICAL for one in named)

    def _leave_lesser_questions(self, reading: Reading) -> None:
        """Ask about no red flag beside one that is certain, and as urgent."""
        order = list(Urgency)
        sure = [
            order.index(self.conditions[one.id].urgency)
            for one in reading.findings
            if self.conditions[one.id].is_red_flag
            and one.subject is Subject.CLIENT
            and one.assertion is Assertion.PRESENT
            and not one.is_doubtful
        ]
        if not sure:
            return
        kept = [
            number
            for number, one in enumerate(reading.findings)
            if not one.is_doubtful
            or not self.conditions[one.id].is_red_flag
            or order.index(self.conditions[one.id].urgency) > max(sure)
        ]
        reading.findings = [reading.findings[number] for number in kept]
        reading.places = [reading.places[number] for number in kept]

    def _add_implied(self, reading: Reading) -> None:
        """What is true with what was found: eight weeks pregnant is pregnant."""
        counting = (Assertion.PRESENT, Assertion.POSSIBLE)
        for one, place in list(zip(reading.findings, reading.places, strict=True)):
            for name in self.conditions[one.id].implies:
                known = any(other.id == name for other in reading.findings)
                if not known and one.assertion in counting and not one.is_doubtful:
                    reading.findings.append(replace(one, id=name))
                    reading.places.append(place)
                    outcome = f"{one.assertion.value}, {one.subject.value}"
                    why = (f"with: {one.id}",)
                    reading.considered.append(
                        Considered(name, one.reader, one.text, *place, one.sureness, outcome, why)
                    )

    def _is_sure(self, condition: Condition, sureness: float) -> bool:
        sure = self._thresholds
        return sureness >= (sure.flag_sure if condition.is_red_flag else sure.condition_sure)

    def _note(
        self,
        reading: Reading,
        name: str,
        span: Span,
        sureness: float,
        reader: str,
        stated: Stated,
        around: Surroundings,
        is_doubtful: bool,
    ) -> None:
        assertion = stated.assertion
        if is_doubtful and assertion is Assertion.PRESENT:
            assertion = Assertion.POSSIBLE
        # what is denied or not about anybody needs no question
        is_doubtful = is_doubtful and assertion is Assertion.POSSIBLE
        finding = Finding(
            name,
            assertion,
            stated.subject,
            span.text,
            reader,
            round(sureness, 3),
            is_doubtful,
            around.clearance,
        )
        reading.findings.append(finding)
        reading.places.append((span.start_char, span.end_char))
        outcome = f"{assertion.value}, {stated.subject.value}" + (", asks" if is_doubtful else "")
        reading.considered.append(
            Considered(
                name,
                reader,
                span.text,
                span.start_char,
                span.end_char,
                sureness,
                outcome,
                stated.because,
            )
        )

    def _add_ages(self, reading: Reading, doc: Doc, around: Surroundings) -> None:
        """What a stated age means by itself: "he's 14"."""
        for years, start, end in times.ages(_lower(doc.text)):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is None:
                continue
            for name, condition in self.conditions.items():
                limits = condition.ages
                if limits is None or not limits.at_least <= years < limits.below:
                    continue
                if any(one.id == name for one in reading.findings):
                    continue
                subject = around.cast.of(span.end - 1, span.end, span.sent)
                stated = Stated(Assertion.PRESENT, subject, (f"age: {years}",))
                self._note(reading, name, span, 1.0, AGE, stated, around, False)

    def _add_measured(self, reading: Reading, doc: Doc, around: Surroundings) -> None:
        """What a reading means by itself, the worst entry it reaches: "192/118", "temp 38.6"."""
        for reached, start, end in measures.measured(_lower(doc.text)):
            span = doc.char_span(start, end, alignment_mode="expand")
            worst = next((name for limit, name in self._limits if reached.reaches(limit)), "")
            is_known = any(one.id == worst for one in reading.findings)
            if span is None or not worst or is_known:
                continue
            subject = around.cast.of(span.start, span.end, span.sent)
            stated = Stated(Assertion.PRESENT, subject, ("a reading",))
            self._note(reading, worst, span, 1.0, MEASURED, stated, around, False)

    def _add_joined(self, reading: Reading, doc: Doc, around: Surroundings) -> None:
        """What is a red flag only together with pain in the back: fever, cancer, a child."""
        backs, pains = around.marks.get(Means.BACK), around.marks.get(Means.PAIN)
        if not backs or not pains:
            return
        known = {one.id for one in reading.findings if not one.is_doubtful}
        for name, condition in self.conditions.items():
            if name in known or not (condition.joins or condition.joins_asking):
                continue
            for one in list(reading.findings):
                joins = one.id in condition.joins or one.id in condition.joins_asking
                if not joins or one.subject is not Subject.CLIENT or one.assertion not in COUNTING:
                    continue
                asks = one.id in condition.joins_asking
                stated = Stated(Assertion.PRESENT, one.subject, (f"with: {one.id}",))
                self._note(reading, name, backs[0], 1.0, TOGETHER, stated, around, asks)
                break


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
        return self.reader.read(doc, self._encoder.encode_message(text, parts(doc)), today)


def _lower(text: str) -> str:
    """In lower case, and of the same length."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _refused(
    span: Span, reader: str, sureness: float, why: str, because: tuple[str, ...] = ()
) -> Considered:
    """A note of what was let go."""
    start, end = span.start_char, span.end_char
    return Considered(span.id_, reader, span.text, start, end, sureness, REFUSED + why, because)


def _clause(doc: Doc, texts: Sequence[str], likely: Vectors) -> Span:
    """The clause in which an entry is likeliest.

    ``likely`` is of the message, then of each of ``texts``, clauses first.
    """
    clauses = list(doc.sents)
    best, found = -1.0, None
    for clause in clauses:
        for number, text in enumerate(texts, start=1):
            if text in clause.text and likely[number] > best:
                best, found = float(likely[number]), clause
    return found if found is not None else doc[:]


def _settled(reading: Reading, conditions: Mapping[str, Condition]) -> Reading:
    """One statement for each entry and person: a correction's last, else a contradiction asks."""
    order = range(len(reading.findings))
    key = lambda n: (reading.findings[n].id, reading.findings[n].subject.value)  # noqa: E731
    kept: list[int] = []
    findings = list(reading.findings)
    for _, same in groupby(sorted(order, key=key), key=key):
        numbers = sorted(same, key=lambda n: reading.places[n])
        last = numbers[-1] if reading.is_corrected else _strongest(numbers, findings)
        each = {findings[n].assertion for n in numbers}
        if not reading.is_corrected and Assertion.ABSENT in each and Assertion.PRESENT in each:
            findings[last] = replace(findings[last], assertion=Assertion.POSSIBLE, is_doubtful=True)
        kept.append(last)
    kept.sort(key=lambda n: reading.places[n])
    reading.findings = [findings[n] for n in kept]
    reading.places = [reading.places[n] for n in kept]
    return reading


_STRENGTH = (
    Assertion.ABSENT,
    Assertion.HYPOTHETICAL,
    Assertion.HISTORICAL,
    Assertion.POSSIBLE,
    Assertion.PRESENT,
)


def _strongest(numbers: Iterable[int], findings: Sequence[Finding]) -> int:
    return max(
        numbers, key=lambda n: (_STRENGTH.index(findings[n].assertion), findings[n].sureness)
    )
