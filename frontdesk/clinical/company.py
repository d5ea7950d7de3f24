"""What the second reader learns of company: a health statement amid everything else people write.

The examples of ``data/conditions`` say one thing each. Visitors say where they come from, what
they have and when they could come, all at once; so the network also learns from the harmless
parts of ``data/statements/``, and from red flags and harmless messages beside something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Doc

from frontdesk.clinical.clauses import placed_parts
from frontdesk.clinical.statements import Told
from frontdesk.clinical.vocabulary import HEALTH, SPANS
from frontdesk.domain.condition import Condition
from frontdesk.domain.finding import Assertion, Finding, Subject

Labelled = tuple[str, str]  # a text, and the entry it states
NONE = ""  # the label of a text that states none of the entries
REAL = (Assertion.PRESENT, Assertion.POSSIBLE)
FEWEST, MOST = 4, 12  # words of what stands beside something
TWOS, MANY = (8, 20), 1500  # words of the harmless messages put in twos, and how many there are
STEP = 7  # between one and the next: some of all
# One entry under two names, by whether it is over.
ALIKE = frozenset({"cancer_active", "cancer_history"})


def harmless_parts(statements: Told) -> list[Labelled]:
    """The parts of messages that name nothing of the client's that is so.

    Only of messages that state nothing without its name: of the others nobody has said in which
    part it stands.
    """
    return [
        (text, NONE)
        for doc, stated in statements
        if _named(doc) >= {one.id for one in stated} - ALIKE
        for text in _harmless(doc, stated)
    ]


def _named(doc: Doc) -> set[str]:
    return {span.id_ for span in doc.spans.get(SPANS, ()) if span.label_ in HEALTH}


def _harmless(doc: Doc, stated: Sequence[Finding]) -> Iterator[str]:
    real = {one.id for one in stated if one.assertion in REAL and one.subject is Subject.CLIENT}
    spans = [one for one in doc.spans.get(SPANS, ()) if one.label_ in HEALTH and one.id_ in real]
    for text, (start, end) in placed_parts(doc).items():
        if not any(start <= one.start and one.end <= end for one in spans):
            yield text


def in_company(
    learned: Sequence[Labelled], conditions: Mapping[str, Condition], statements: Told
) -> list[Labelled]:
    """Red flags beside something else, which makes them no less of one; and what only sounds so.

    Every second example of a red flag; and the near misses, and harmless messages in twos.
    """
    harmless = [text for text, name in learned if name == NONE]
    named = [doc.text for doc, stated in statements if _is_there(stated)]
    beside = [[one for one in texts if _is_fit(one)] for texts in (harmless, named)]
    if not all(beside):
        return []
    red_flags = {name for name, one in conditions.items() if one.is_red_flag}
    flags = [one for one in learned if one[1] in red_flags][::2]
    near = [(text, NONE) for one in conditions.values() for text in one.near_misses]
    twos = [(text, NONE) for text in harmless if TWOS[0] <= len(text.split()) <= TWOS[1]]
    return [
        *_beside(flags, beside),
        *_beside(near, beside[:1]),  # beside what is named it would state that
        *_beside(twos[:: max(1, len(twos) // MANY)], beside[:1]),
    ]


def _beside(texts: Sequence[Labelled], others: Sequence[Sequence[str]]) -> Iterator[Labelled]:
    """Each text before or after another, of each kind in turn."""
    for number, (text, name) in enumerate(texts):
        kind = others[number % len(others)]
        other = kind[number * STEP % len(kind)].rstrip(" .!?")
        is_last = number // 2 % 2 == 0
        first, last = (other, text) if is_last else (text.rstrip(" ."), other)
        yield f"{first}. {last}", name


def _is_there(stated: Sequence[Finding]) -> bool:
    return any(
        one.assertion is Assertion.PRESENT and one.subject is Subject.CLIENT for one in stated
    )


def _is_fit(text: str) -> bool:
    return FEWEST <= len(text.split()) <= MOST
