"""Misspelled words of our vocabulary are read as meant; real words are left alone."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.matcher.levenshtein import levenshtein
from spacy.tokens import Doc

SHORTEST = 3  # letters; a shorter word says too little about what it was meant to be
ROOTS = 4  # letters of the shortest word of ours that a slip is read as
LONG = 9  # letters from which two slips are read through
VOWELS = "aeiouy"
RARE = 50  # a word seen less often than this in the reference list may itself be a slip


def is_word_of_ours(word: str) -> bool:
    """Whether slips are read as this word: an abbreviation ("acdf") has too many near it."""
    return len(word) >= ROOTS and any(letter in VOWELS for letter in word[1:])


def allowed_slips(word: str) -> int:
    """How many letters may differ: "swedsh" for "swedish", "accupresure" for "acupressure"."""
    return 2 if len(word) >= LONG else 1


def closest(word: str, vocabulary: Iterable[str]) -> str:
    """The one vocabulary word this is a slip of, or nothing when none or several are as near."""
    best: list[str] = []
    best_distance = 3
    for candidate in vocabulary:
        limit = min(best_distance, allowed_slips(candidate))
        if candidate[0] != word[0] or abs(len(candidate) - len(word)) > limit:
            continue
        distance = _slips(word, candidate, limit)
        if distance > limit:
            continue
        if distance < best_distance:
            best, best_distance = [candidate], distance
        else:
            best.append(candidate)
    return best[0] if len(best) == 1 else ""


def _slips(word: str, candidate: str, limit: int) -> int:
    """Edit distance in which two swapped neighbors are one slip."""
    distance: int = levenshtein(word, candidate, 2)
    if distance == 2 and limit == 1 and sorted(word) == sorted(candidate):
        return 1
    return distance


class Spelling:
    """A spaCy step that writes the word meant into ``token.norm_``."""

    def __init__(self, vocabulary: Iterable[str] = (), english: Iterable[str] = ()) -> None:
        self.vocabulary = frozenset(vocabulary)
        self.english = frozenset(english)
        self._by_first = self._index()
        self._seen: dict[str, str] = {}

    def _index(self) -> dict[str, tuple[str, ...]]:
        index: dict[str, list[str]] = {}
        for word in sorted(self.vocabulary):
            index.setdefault(word[0], []).append(word)
        return {letter: tuple(words) for letter, words in index.items()}

    def meant(self, word: str) -> str:
        """The word itself, or the vocabulary word it is a slip of."""
        if len(word) < SHORTEST or word in self.vocabulary or word in self.english:
            return word
        if not word.isalpha() or len(word) > 30:
            return word
        if word.endswith("s") and word[:-1] in self.vocabulary:
            return word[:-1]
        if word not in self._seen:
            if len(self._seen) > 5000:
                self._seen.clear()
            self._seen[word] = closest(word, self._by_first.get(word[0], ())) or word
        return self._seen[word]

    def __call__(self, doc: Doc) -> Doc:
        """Read each word as meant."""
        for token in doc:
            meant = self.meant(token.norm_)
            if meant != token.norm_:
                token.norm_ = meant
        return doc

    def to_disk(self, path: Path, *, exclude: Any = ()) -> None:
        """Keep the word lists (see spaCy)."""
        srsly.write_json(
            path, {"vocabulary": sorted(self.vocabulary), "english": sorted(self.english)}
        )

    def from_disk(self, path: Path, *, exclude: Any = ()) -> "Spelling":
        """Load the word lists (see spaCy)."""
        kept = srsly.read_json(path)
        Spelling.__init__(self, kept["vocabulary"], kept["english"])
        return self


@Language.factory("frontdesk_spelling")
def make_spelling(nlp: Language, name: str) -> Spelling:
    """An empty step, filled when the pipeline is built or loaded."""
    return Spelling()


def neighbors(vocabulary: Iterable[str]) -> frozenset[str]:
    """The real English words so near to ours that they must not be taken for a slip."""
    index: dict[tuple[str, int], list[str]] = {}
    for word in vocabulary:
        for longer in range(-allowed_slips(word), allowed_slips(word) + 1):
            index.setdefault((word[0], len(word) + longer), []).append(word)
    from spellchecker import SpellChecker  # its dictionary is needed at build time only

    checker = SpellChecker(language="en")
    near: set[str] = set()
    for english in checker.word_frequency.words():
        if (
            len(english) < SHORTEST
            or not english.isalpha()
            or checker.word_frequency[english] < RARE
        ):
            continue
        like = index.get((english[0], len(english)), ())
        if any(levenshtein(english, word, 2) <= 2 for word in like):
            near.add(english)
    return frozenset(near)
