"""The reference of the clinical part: medSpaCy's ConText with the rules it comes with."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from typing import Any

from spacy.language import Language
from spacy.pipeline import Sentencizer
from spacy.tokens import Doc

from frontdesk.clinical import modifiers
from frontdesk.clinical.vocabulary import HEALTH, SPANS
from frontdesk.domain.finding import Assertion, Finding, Subject

CLAUSES = "frontdesk_clauses"
# Its categories, the one that decides first.
MEANT = {
    "NEGATED_EXISTENCE": Assertion.ABSENT,
    "HYPOTHETICAL": Assertion.HYPOTHETICAL,
    "POSSIBLE_EXISTENCE": Assertion.POSSIBLE,
    "HISTORICAL": Assertion.HISTORICAL,
}
FAMILY = "FAMILY"
# Of an entry that is named twice the later in this list counts, as with ours.
WEAKEST_FIRST = (
    Assertion.ABSENT,
    Assertion.HYPOTHETICAL,
    Assertion.HISTORICAL,
    Assertion.POSSIBLE,
    Assertion.PRESENT,
)


class DefaultContext:
    """Judges what our word lists find, sentence by sentence, by rules made for hospital notes."""

    def __init__(self, nlp: Language, known: Collection[str]) -> None:
        self._nlp, self._known = nlp, known
        self._sentences = Sentencizer()
        # the class of the engine that our own modifiers run on
        engine = type(modifiers.context(nlp, {}))
        self._context: Any = engine(nlp, input_span_type="group", span_group_name=modifiers.TARGETS)

    def doc(self, text: str) -> Doc:
        """A message with the same targets as ours, in whole sentences instead of clauses."""
        doc = self._nlp(text, disable=[CLAUSES])
        named = [span for span in doc.spans.get(SPANS, ()) if span.label_ in HEALTH]
        doc.spans[modifiers.TARGETS] = [span for span in named if span.id_ in self._known]
        done: Doc = self._sentences(doc)
        return done

    def judge(self, doc: Doc) -> list[Finding]:
        """How each target is stated; one statement for each entry and person, as with ours."""
        self._context(doc)
        each = [_finding(span) for span in doc.spans[modifiers.TARGETS]]
        each.sort(key=_whose)
        return [
            max(same, key=lambda one: WEAKEST_FIRST.index(one.assertion))
            for _, same in groupby(each, key=_whose)
        ]

    def read(self, text: str) -> Sequence[Finding]:
        """All health statements of a text."""
        return self.judge(self.doc(text))


def _finding(span: Any) -> Finding:
    governing = {modifier.category for modifier in span._.modifiers}
    meant = [assertion for name, assertion in MEANT.items() if name in governing]
    assertion = meant[0] if meant else Assertion.PRESENT
    subject = Subject.OTHER if FAMILY in governing else Subject.CLIENT
    return Finding(span.id_, assertion, subject, span.text)


def _whose(finding: Finding) -> tuple[str, str]:
    return finding.id, finding.subject.value
