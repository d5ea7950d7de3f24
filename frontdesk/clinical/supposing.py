"""Whether something is only supposed: "if I broke a bone", "is deep tissue ok with MS?"."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from frontdesk.clinical import modifiers as words
from frontdesk.clinical.clauses import STOPS
from frontdesk.clinical.subjects import Cast
from frontdesk.domain.finding import FLAG

# "Is it fine if I have a pacemaker": after these an "if" supposes nothing.
REAL_BEFORE_IF = frozenset({
    "come", "book", "visit", "massage", "one", "ok", "okay", "fine", "alright", "problem",
    "matter", "matters", "safe", "allowed",
})  # fmt: skip
COMING = frozenset(["comes", "came", "starts", "started", "arrives", "turns", "appears", "shows"])
ASKING = frozenset(["is", "are", "can", "could", "do", "does", "would", "should", "will", "may"])


def is_supposed(target: Span) -> bool:
    """Whether it stands after an "if" that supposes it: "if I broke a bone".

    "Is it OK if I have a pacemaker" and "if my back pain comes back" speak of what is so.
    """
    if _comes(target):
        return True
    before = target.doc[target.sent.start : max(target.start, target.sent.start + 1)]
    for token in reversed(list(before)):
        if token.norm_ == "if":
            if not target.id_.startswith(FLAG) and any(
                other.norm_ in ("would", "'d") for other in target.doc[target.end : target.sent.end]
            ):
                return True  # "if my period came, would I have to cancel?"
            last = target.doc[token.i - 1].norm_ if token.i else ""
            following = target.doc[token.i + 1].norm_ if token.i + 1 < len(target.doc) else ""
            return last not in REAL_BEFORE_IF and following not in ("my", "that", "it", "this")
    return False


def _comes(target: Span) -> bool:
    """Whether it is supposed to come: "if my period comes on the day"."""
    doc = target.doc
    if target.id_.startswith(FLAG) or target.label_ == words.CLAUSE or target.end >= len(doc):
        return False
    is_supposed = any(token.norm_ == "if" for token in doc[max(0, target.start - 3) : target.start])
    return is_supposed and doc[target.end].norm_ in COMING


def asks_in_general(target: Span, cast: Cast) -> bool:
    """Whether it is a question about anybody: "is deep tissue ok with MS?"."""
    sentence = target.sent
    spoken = [token for token in sentence if token.is_alpha or token.norm_ == "not"]
    if len(spoken) < 2 or spoken[0].norm_ not in ASKING or spoken[1].norm_ == "not":
        return False
    if target.label_ == words.CLAUSE or not _ends_asking(target.doc, sentence):
        return False
    return not any(sentence.start <= mention.start < sentence.end for mention in cast.mentions)


def _ends_asking(doc: Doc, sentence: Span) -> bool:
    """Whether a question mark ends it, or nothing does: chat leaves it out.

    More may follow before that: "can massage help migraines, or is that a myth?".
    """
    ends = (token.text for token in doc[sentence.end - 1 :] if token.text in STOPS)
    return next(ends, "?") in ("?", "\n")
