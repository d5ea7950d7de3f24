"""What the second reader learns of company: a health statement amid everything else people write.

The examples of ``data/conditions`` say one thing each. Visitors say where they come from, what
they have and when they could come, all at once; so the network also learns from the parts of
``data/statements/``, and from each red flag beside something else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from spacy.tokens import Doc

from frontdesk.clinical.clauses import placed_parts
from frontdesk.clinical.statements import Told
from frontdesk.clinical.vocabulary import HEALTH, SPANS
from frontdesk.domain.condition import Condition
from frontdesk.domain.finding import Assertion, Finding, Subject

Labelled = tuple[str, str]  # a text, and the entry it states
NONE = ""  # the label of a text that states none of the entries
REAL = (Assertion.PRESENT, Assertion.POSSIBLE)
FEWEST, MOST = 4, 12  # words of what stands beside a red flag
STEP = 7  # between one and the next: some of all
# One entry under two names, by whether it is over.
ALIKE = frozenset({"cancer_active", "cancer_history"})


def parts_of_statements(statements: Told) -> list[Labelled]:
    """Each message and its parts with what they name of what is so, or ``NONE``.

    Only of messages that state nothing without its name: of the others nobody has said in which
    part it stands.
    """
    return [
        labelled
        for doc, stated in statements
        if _named(doc) >= {one.id for one in stated} - ALIKE
        for labelled in _parts(doc, stated)
    ]


def _named(doc: Doc) -> set[str]:
    return {span.id_ for span in doc.spans.get(SPANS, ()) if span.label_ in HEALTH}


def _parts(doc: Doc, stated: Sequence[Finding]) -> Iterator[Labelled]:
    real = {
        one.id for one in stated if one.assertion in REAL and one.subject is Subject.CLIENT
    } & _named(doc)
    spans = [span for span in doc.spans.get(SPANS, ()) if span.label_ in HEALTH]
    for text, (start, end) in ({doc.text: (0, len(doc))} | placed_parts(doc)).items():
        inside = [one.id_ for one in spans if start <= one.start and one.end <= end]
        for name in dict.fromkeys(one for one in inside if one in real) or [NONE]:
            yield text, name


def flags_in_company(
    learned: Sequence[Labelled], conditions: Mapping[str, Condition], statements: Told
) -> list[Labelled]:
    """Each red flag's examples beside something else, which makes them no less of one."""
    harmless = [text for text, name in learned if name == NONE]
    named = [doc.text for doc, stated in statements if _is_there(stated)]
    beside = [[one for one in texts if _is_fit(one)] for texts in (harmless, named)]
    flags = [one for one in learned if one[1] in _red_flags(conditions)]
    if not all(beside):
        return []
    found = []
    for number, (text, name) in enumerate(flags):
        others = beside[number // 2 % 2]
        other = others[number * STEP % len(others)].rstrip(" .!?")
        first, last = (other, text) if number % 2 else (text.rstrip(" ."), other)
        found.append((f"{first}. {last}", name))
    return found


def _is_there(stated: Sequence[Finding]) -> bool:
    return any(
        one.assertion is Assertion.PRESENT and one.subject is Subject.CLIENT for one in stated
    )


def _is_fit(text: str) -> bool:
    return FEWEST <= len(text.split()) <= MOST


def _red_flags(conditions: Mapping[str, Condition]) -> Collection[str]:
    return {name for name, one in conditions.items() if one.is_red_flag}
