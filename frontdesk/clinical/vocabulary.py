"""Finds the words of ``data/`` in a message: treatments, areas, causes, pressures, conditions."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from frontdesk.clinical.loading import structure
from frontdesk.domain.vocabulary import Phrases, Term

SPANS = "vocabulary"
CONDITION, RED_FLAG = HEALTH = ("condition", "red_flag")
DOUBTFUL = "doubtful"  # a health word that nothing beside it settles: it can only be denied
HINT = "hint"  # words that make a condition possible and name none
KINDS = ("words", "maybe", "capitals", "unless")
REACH = 4  # words to either side in which a `near` word counts
SMALL = 2  # words not in capitals, from which on capitals in a message mean something


class Vocabulary:
    """A spaCy step that puts what it found into ``doc.spans["vocabulary"]``.

    A span's label is the entity, its ``id_`` the value. Longer phrases win over shorter ones
    of the same entity, and a treatment's name hides the pains and pressures it is made of:
    "sports massage" is no sporting injury and "deep tissue" no wish for deep pressure.
    """

    def __init__(self, nlp: Language, terms: Iterable[Term] = ()) -> None:
        self.nlp = nlp
        self.terms: tuple[Term, ...] = ()
        self._matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        self.add(terms)

    def add(self, terms: Iterable[Term]) -> None:
        """Learn the phrases of these terms."""
        known = len(self.terms)
        self.terms = (*self.terms, *terms)
        for number, term in enumerate(self.terms[known:], start=known):
            for kind in KINDS:
                phrases = getattr(term.phrases, kind)
                if phrases:
                    docs = [self.nlp.make_doc(phrase.lower()) for phrase in phrases]
                    self._matcher.add(f"{kind}:{number}", docs)

    def match(self, doc: Doc) -> list[Span]:
        """What the message names, without writing it anywhere."""
        found: dict[str, list[Span]] = {}
        barred: dict[int, list[Span]] = {}
        hits = [
            (*self._key(doc, key), Span(doc, start, end)) for key, start, end in self._matcher(doc)
        ]
        for kind, number, span in hits:
            if kind == "unless":
                barred.setdefault(number, []).append(span)
        for kind, number, span in hits:
            term = self.terms[number]
            if kind == "unless" or any(_inside(span, other) for other in barred.get(number, ())):
                continue
            if kind == "capitals" and not _stands_out(doc, span):
                continue
            is_meant = kind != "maybe" or _is_meant(doc, span, term.phrases)
            if is_meant or term.label in HEALTH:
                label = term.label if is_meant else DOUBTFUL
                labelled = Span(doc, span.start, span.end, label, span_id=term.value)
                found.setdefault(label, []).append(labelled)
        return _unhidden(found)

    def _key(self, doc: Doc, key: int) -> tuple[str, int]:
        kind, _, number = doc.vocab.strings[key].partition(":")
        return kind, int(number)

    def set_annotations(self, doc: Doc, spans: list[Span]) -> None:
        """Write what was found into the document."""
        doc.spans[SPANS] = spans

    def __call__(self, doc: Doc) -> Doc:
        """Find, then write."""
        self.set_annotations(doc, self.match(doc))
        return doc

    def to_disk(self, path: Path, *, exclude: Any = ()) -> None:
        """Keep the phrases (see spaCy)."""
        srsly.write_json(
            path,
            [
                {"label": term.label, "value": term.value, "phrases": asdict(term.phrases)}
                for term in self.terms
            ],
        )

    def from_disk(self, path: Path, *, exclude: Any = ()) -> "Vocabulary":
        """Load the phrases (see spaCy)."""
        for kept in srsly.read_json(path):
            phrases = structure(path, kept["value"], kept["phrases"], Phrases, may_be_empty=True)
            self.add([Term(kept["label"], kept["value"], phrases)])
        return self


@Language.factory("frontdesk_vocabulary")
def make_vocabulary(nlp: Language, name: str) -> Vocabulary:
    """An empty step, filled when the pipeline is built or loaded."""
    return Vocabulary(nlp)


def _is_meant(doc: Doc, span: Span, phrases: Phrases) -> bool:
    """Whether a doubtful phrase stands in a short message or beside a word that settles it."""
    if phrases.alone and sum(not t.is_punct for t in doc) <= max(phrases.alone, len(span)):
        return True
    beside = (*doc[max(0, span.start - REACH) : span.start], *doc[span.end : span.end + REACH])
    return any(token.norm_ in phrases.near for token in beside)


def _stands_out(doc: Doc, span: Span) -> bool:
    """Whether it holds a word in capitals, and most of the message is not."""
    others = sum(token.is_alpha and not token.is_upper and len(token) > 1 for token in doc)
    return others >= SMALL and any(token.is_upper and len(token) > 1 for token in span)


def _inside(span: Span, other: Span) -> bool:
    return bool(other.start <= span.start and span.end <= other.end)


def _unhidden(found: dict[str, list[Span]]) -> list[Span]:
    treatments = filter_spans(found.get("treatment", ()))
    kept = list(treatments)
    flags = _longest(found.get("red_flag", []))
    for label, spans in found.items():
        if label == "treatment":
            continue
        hiding = treatments
        if label in (*HEALTH, DOUBTFUL):
            # "numb" in "numb between the legs" is that and nothing less
            hiding = [flag for flag in flags if label != "red_flag"]
        kept += [s for s in _longest(spans) if not any(_inside(s, other) for other in hiding)]
    return sorted(kept, key=lambda span: (span.start, span.end, span.label_, span.id_))


def _longest(spans: list[Span]) -> list[Span]:
    """Drop spans inside longer ones; "upper and lower back" stands for two values."""
    longest = filter_spans(spans)
    return [
        span for span in spans if any((span.start, span.end) == (k.start, k.end) for k in longest)
    ]
