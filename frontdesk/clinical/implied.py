"""What raises an entry that no words name: an age, a reading, pain in the back beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from spacy.tokens import Doc

from frontdesk.clinical import measures, times
from frontdesk.clinical.assertion import Stated
from frontdesk.clinical.findings import AGE, COUNTING, MEASURED, TOGETHER, Considered, Reading
from frontdesk.clinical.surroundings import Surroundings
from frontdesk.domain.condition import Condition
from frontdesk.domain.finding import Assertion, Subject
from frontdesk.domain.modifier import Means


class Implied:
    """Adds what follows from what a message says, beside what it names."""

    def __init__(self, conditions: Mapping[str, Condition]) -> None:
        self.conditions = conditions
        limits = [(one.measured, name) for name, one in conditions.items() if one.measured]
        self._limits = sorted(limits, key=lambda pair: -pair[0].systolic)  # the worst first

    def add(self, reading: Reading, doc: Doc, around: Surroundings) -> None:
        """Add everything that follows to what was read so far."""
        self._add_implied(reading)
        self._add_ages(reading, doc, around)
        self._add_measured(reading, doc, around)
        self._add_joined(reading, around)

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

    def _add_ages(self, reading: Reading, doc: Doc, around: Surroundings) -> None:
        """What a stated age means by itself: "he's 14"."""
        for years, start, end in times.ages(measures.lower(doc.text)):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is None:
                continue
            for name, condition in self.conditions.items():
                if condition.ages is None or not condition.ages.holds(years):
                    continue
                if any(one.id == name for one in reading.findings):
                    continue
                subject = around.cast.of(span.end - 1, span.end, span.sent)
                stated = Stated(Assertion.PRESENT, subject, (f"age: {years}",))
                reading.take(name, span, 1.0, AGE, stated, clearance=around.clearance)

    def _add_measured(self, reading: Reading, doc: Doc, around: Surroundings) -> None:
        """What a reading means by itself, the worst entry it reaches: "192/118", "temp 38.6"."""
        for reached, start, end in measures.measured(measures.lower(doc.text)):
            span = doc.char_span(start, end, alignment_mode="expand")
            worst = next((name for limit, name in self._limits if reached.reaches(limit)), "")
            is_known = any(one.id == worst for one in reading.findings)
            if span is None or not worst or is_known:
                continue
            subject = around.cast.of(span.start, span.end, span.sent)
            stated = Stated(Assertion.PRESENT, subject, ("a reading",))
            reading.take(worst, span, 1.0, MEASURED, stated, clearance=around.clearance)

    def _add_joined(self, reading: Reading, around: Surroundings) -> None:
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
                reading.take(
                    name,
                    backs[0],
                    1.0,
                    TOGETHER,
                    stated,
                    clearance=around.clearance,
                    is_doubtful=asks,
                )
                break
