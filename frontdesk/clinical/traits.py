"""What the learned judge looks at: the words before and after a condition, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from spacy.tokens import Doc, Span

from frontdesk.clinical.encoder import Vectors
from frontdesk.clinical.vocabulary import HEALTH, SPANS
from frontdesk.domain.condition import Condition

OTHER_NAME, NUMBER, YEAR = "#name", "#number", "#year"
MOST = 3  # words that are looked at as one
_YEAR = re.compile(r"(?:19|20)\d\d")


def traits(target: Span, condition: Condition, *, is_clause: bool) -> dict[str, float]:
    """The traits of a name in a message, or of a clause that means an entry; each with a weight."""
    doc, clause = target.doc, target.sent
    found = {
        "lifelong": float(condition.lifelong),
        "recent": float(bool(condition.weeks)),
        f"history {condition.history.value}": 1.0,
        f"clause {is_clause}": 1.0,
        "question": float("?" in doc.text),
    }
    plain = _Plain(doc, target)
    if is_clause:
        words = plain.words(clause.start, clause.end)
        found |= _grams("clause", words)
        found["clause begins " + " ".join(words[:2])] = 1.0
    else:
        found |= _around(plain.words(clause.start, target.start), "before", is_before=True)
        found |= _around(plain.words(target.end, clause.end), "after", is_before=False)
    found |= _grams("earlier", plain.words(0, clause.start), most=2, weight=0.5)
    following = doc[clause.end].sent if clause.end < len(doc) else doc[len(doc) :]
    if len(following):
        found |= _grams("next", plain.words(following.start, following.end))
        found |= _grams("later", plain.words(following.end, len(doc)), most=2, weight=0.5)
    return found | _grams("message", plain.words(0, len(doc)), most=2, weight=0.5)


def meaning(target: Span, texts: Sequence[str], vectors: Vectors) -> Vectors:
    """The vectors of the message and of the clause a target stands in, side by side.

    ``vectors`` are of the message, then of each of ``texts``.
    """
    clause = target.sent.text
    own = next((number for number, text in enumerate(texts, start=1) if text in clause), 0)
    result: Vectors = np.concatenate([vectors[0], vectors[own]])
    return result


class _Plain:
    """The words of a message with numbers, years and other conditions' names made alike."""

    def __init__(self, doc: Doc, target: Span) -> None:
        self._doc = doc
        self._others = {
            place
            for span in doc.spans.get(SPANS, ())
            if span.label_ in HEALTH
            for place in range(span.start, span.end)
            if not target.start <= place < target.end
        }

    def words(self, start: int, end: int) -> list[str]:
        found: list[str] = []
        for place in range(start, end):
            if place not in self._others:
                found.append(self._word(place))
            elif found[-1:] != [OTHER_NAME]:
                found.append(OTHER_NAME)
        return found

    def _word(self, place: int) -> str:
        token = self._doc[place]
        if token.like_num:
            return YEAR if _YEAR.fullmatch(token.text) else NUMBER
        return str(token.norm_)


def _around(words: Sequence[str], side: str, *, is_before: bool) -> dict[str, float]:
    found = _grams(side, words)
    for count in range(1, MOST + 1):
        nearest = words[-count:] if is_before else words[:count]
        found[f"just {side} {count} {' '.join(nearest)}"] = 1.0
    return found


def _grams(
    where: str, words: Sequence[str], most: int = MOST, weight: float = 1.0
) -> dict[str, float]:
    return {f"{where}: {gram}": weight for gram in _each(words, most)}


def _each(words: Sequence[str], most: int) -> Iterator[str]:
    counts: Iterable[int] = range(1, most + 1)
    for count in counts:
        for start in range(len(words) - count + 1):
            yield " ".join(words[start : start + count])
