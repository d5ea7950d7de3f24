"""Cuts a message into clauses: what is said of one of them says nothing of the next."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from frontdesk.clinical.spelling import as_meant
from frontdesk.clinical.vocabulary import DOUBTFUL, HEALTH, SPANS

NAMES = (*HEALTH, DOUBTFUL)
Part = tuple[str, int, int]  # a text, its first word and the one after it
STOPS = frozenset(".!?;\n…")
EDGES = " ,.;:!?-\u2013\u2014&\n"  # with both dashes
MOST = 12  # clauses with a vector of their own; a longer message has its first and last ones
SHORTEST = 2  # words of a clause that is read with its neighbours
ALONE = 5  # words of a clause that is read by itself, too; fewer mean little without the others
LOOK_AHEAD = 4  # words after "my" among which a verb makes a new clause: "and my back hurts"


class Clauses:
    """A spaCy step that begins a sentence at each clause.

    Phrases by kind: ``turn`` ("but"), ``nothing`` (which hide a turn: "not only"), ``joiner``,
    ``subject``, ``owner`` and ``verb``, of which a clause begins at a joiner with a subject
    after it, or an owner and soon a verb.
    """

    def __init__(self, nlp: Language, phrases: dict[str, list[str]] | None = None) -> None:
        self.nlp = nlp
        self.phrases: dict[str, list[str]] = {}
        self._turns = PhraseMatcher(nlp.vocab, attr="NORM")
        self.add(phrases or {})

    def add(self, phrases: dict[str, list[str]]) -> None:
        """Learn the phrases of each kind."""
        self.phrases = phrases
        for kind in ("turn", "nothing"):
            if phrases.get(kind):
                self._turns.add(kind, [self.nlp.make_doc(one.lower()) for one in phrases[kind]])
        self._joiners, self._subjects, self._owners, self._verbs = (
            frozenset(phrases.get(kind, ())) for kind in ("joiner", "subject", "owner", "verb")
        )

    def __call__(self, doc: Doc) -> Doc:
        """Mark where clauses begin."""
        starts = self.match(doc)
        for token in doc:
            token.is_sent_start = token.i == 0 or token.i in starts
        return doc

    def match(self, doc: Doc) -> set[int]:
        """The numbers of the words that begin a clause."""
        norms = [token.norm_ for token in doc]
        starts = self._after_stops(doc) | self._turning(doc)
        # "no fever no rash i have epilepsy": people leave out every sign
        named = {span.end for span in doc.spans.get(SPANS, ()) if span.label_ in NAMES}
        starts |= {place for place in named if place < len(norms) and norms[place] == "i"}
        for place in range(1, len(norms) - 1):
            if norms[place] in self._joiners and self._begins(norms, place + 1):
                starts.add(place)
        return starts

    def _begins(self, norms: list[str], place: int) -> bool:
        while place < len(norms) - 1 and norms[place] in self._joiners:
            place += 1
        if norms[place] in self._subjects:
            return True
        if norms[place] not in self._owners:
            return norms[place] in self._verbs and norms[place] not in ("'s", "am", "just")
        return any(norm in self._verbs for norm in norms[place + 2 : place + 1 + LOOK_AHEAD])

    @staticmethod
    def _after_stops(doc: Doc) -> set[int]:
        starts = set()
        for token in doc[:-1]:
            following = doc[token.i + 1]
            stops = any(sign in STOPS for sign in token.text) and not token.like_num
            # "? nope" belongs to what it answers, and so does ". no" of a list
            if stops and not token.is_alpha and not following.is_punct:
                starts.add(following.i)
        return starts

    def _turning(self, doc: Doc) -> set[int]:
        turns: list[tuple[int, int]] = []
        hiding: list[tuple[int, int]] = []
        for key, start, end in self._turns(doc):
            kind = doc.vocab.strings[key]
            (turns if kind == "turn" else hiding).append((start, end))
        return {
            start
            for start, end in turns
            if start and not any(a <= start and end <= b for a, b in hiding)
        }

    def to_disk(self, path: Path, *, exclude: Any = ()) -> None:
        """Keep the phrases (see spaCy)."""
        srsly.write_json(path, self.phrases)

    def from_disk(self, path: Path, *, exclude: Any = ()) -> "Clauses":
        """Load the phrases (see spaCy)."""
        self.add(srsly.read_json(path))
        return self


@Language.factory("frontdesk_clauses")
def make_clauses(nlp: Language, name: str) -> Clauses:
    """An empty step, filled when the pipeline is built or loaded."""
    return Clauses(nlp)


def read_by_meaning(doc: Doc) -> list[str]:
    """What the encoder is given of a message: the whole of it and its ``parts``."""
    return [as_meant(doc), *parts(doc)]


def parts(doc: Doc) -> list[str]:
    """The texts whose meanings are read beside the whole message's, none when it is one clause."""
    return list(placed_parts(doc))


def placed_parts(doc: Doc) -> dict[str, tuple[int, int]]:
    """The same with the first word of each, and the one after it."""
    each = [(_trimmed(as_meant(clause)), clause.start, clause.end) for clause in doc.sents]
    clauses = [one for one in each if len(one[0].split()) >= SHORTEST]
    if len(clauses) < 2:
        return {}
    two = pairwise(clauses) if len(clauses) > 2 else ()
    pairs = [(f"{one} {other}", start, end) for (one, start, _), (other, _, end) in two]
    alone = [one for one in clauses if len(one[0].split()) >= ALONE]
    return {text: (start, end) for text, start, end in _first_and_last([*alone, *pairs])}


def _first_and_last(texts: list[Part]) -> list[Part]:
    return texts if len(texts) <= 2 * MOST else [*texts[:MOST], *texts[-MOST:]]


def _trimmed(text: str) -> str:
    return text.strip(EDGES)
