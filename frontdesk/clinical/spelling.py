"""Misspelled words are read as meant: those of our vocabulary first, then any English ones.

A sentence vector of misspelled words means little, and what it means is chance: to the second
reader "waht is sweedish masage" sounded drunk. So the encoder is given the words as meant.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import srsly
from spacy.language import Language
from spacy.matcher.levenshtein import levenshtein
from spacy.tokens import Doc, Span, Token
from spellchecker import SpellChecker

SHORTEST = 3  # letters; a shorter word says too little about what it was meant to be
ROOTS = 4  # letters of the shortest word of ours that a slip is read as
LONG = 9  # letters from which two slips are read through
LONGEST = 30  # letters of a word that is looked at
VOWELS = "aeiouy"
WORD = re.compile(r"[^\W\d_]+")
RARE = 50  # a word seen less often than this in the reference list may itself be a slip
USUAL = 2  # times that a word stands in our own texts, from which on it is none
# How usual a word is that others are slips of: one of four letters, and a longer one.
MEANT_OF_FEW, MEANT = 300_000, 1_000
REMEMBERED = 5000  # words whose meaning is kept at hand

Token.set_extension("meant", default="", force=True)  # the word it is a slip of, if it is one


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
    """A spaCy step that writes the word meant into ``token.norm_``, and into ``token._.meant``.

    ``vocabulary``: our words; ``english``: words that are no slips of ours; ``usual``: how usual
    the English words are that anything else may be a slip of.
    """

    def __init__(
        self,
        vocabulary: Iterable[str] = (),
        english: Iterable[str] = (),
        usual: Mapping[str, int] | None = None,
    ) -> None:
        self.vocabulary = frozenset(vocabulary)
        self.english = frozenset(english)
        self.usual = dict(usual or {})
        self._checker = SpellChecker(language=None, distance=1)
        self._checker.word_frequency.load_json(self.usual)
        self._by_first = self._index()
        self._seen: dict[str, tuple[str, bool]] = {}

    def _index(self) -> dict[str, tuple[str, ...]]:
        index: dict[str, list[str]] = {}
        for word in sorted(self.vocabulary):
            index.setdefault(word[0], []).append(word)
        return {letter: tuple(words) for letter, words in index.items()}

    def meant(self, word: str) -> tuple[str, bool]:
        """The word itself or the one it is a slip of, and whether that is read as one of ours."""
        if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or word in self.vocabulary:
            return word, False
        if word not in self._seen:
            if len(self._seen) > REMEMBERED:
                self._seen.clear()
            ours = self._of_ours(word)
            self._seen[word] = (ours or self._of_english(word) or word, bool(ours))
        return self._seen[word]

    def _of_ours(self, word: str) -> str:
        if word in self.english or self._is_plural(word):
            return ""
        return closest(word, self._by_first.get(word[0], ()))

    def _of_english(self, word: str) -> str:
        if not is_word_of_ours(word) or {word, word.removesuffix("s")} & self.usual.keys():
            return ""
        near = [one for one in self._checker.candidates(word) or () if self._is_slip(word, one)]
        return max(near, key=lambda one: (_is_swapped(word, one), self.usual[one]), default="")

    def _is_slip(self, word: str, english: str) -> bool:
        """Whether one may write this for an English word; the first letter is seldom wrong."""
        if not _is_swapped(word, english) and word[0] != english[0]:
            return False
        # four letters are near to many words
        return self.usual.get(english, 0) >= (MEANT if len(word) > ROOTS else MEANT_OF_FEW)

    def _is_plural(self, word: str) -> bool:
        return word.endswith("s") and word[:-1] in self.vocabulary

    def __call__(self, doc: Doc) -> Doc:
        """Read each word as meant."""
        for token in doc:
            word = token.norm_
            meant, is_ours = self.meant(word)
            if word not in self.english and self._is_plural(word):
                token.norm_ = word[:-1]
            elif meant != word and (is_ours or not _is_name(token)):
                # an abbreviation is read as a word of ours at most by its name
                token._.meant = meant if is_word_of_ours(word) else ""
                # what a word of ours may be is not named when two of them are as near
                token.norm_ = meant if is_ours or meant not in self.vocabulary else word
        return doc

    def to_disk(self, path: Path, *, exclude: Any = ()) -> None:
        """Keep the word lists (see spaCy)."""
        srsly.write_json(
            path,
            {
                "vocabulary": sorted(self.vocabulary),
                "english": sorted(self.english),
                "usual": self.usual,
            },
        )

    def from_disk(self, path: Path, *, exclude: Any = ()) -> "Spelling":
        """Load the word lists (see spaCy)."""
        kept = srsly.read_json(path)
        Spelling.__init__(self, kept["vocabulary"], kept["english"], kept["usual"])
        return self


def _is_swapped(word: str, english: str) -> bool:
    """Whether the letters are the same."""
    return sorted(word) == sorted(english)


def _is_name(token: Token) -> bool:
    """Whether it is like somebody's name, with a capital amid a sentence, or half a word."""
    before = token.nbor(-1).text[-1:] if token.i else ""
    return (token.text.istitle() and before.isalnum()) or before == "-"


def as_meant(words: Doc | Span) -> str:
    """What was written, with each slip as the word it was meant to be."""
    return "".join((token._.meant or token.text) + token.whitespace_ for token in words).rstrip()


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
    near: set[str] = set()
    for english in _english():
        like = index.get((english[0], len(english)), ())
        if any(levenshtein(english, word, 2) <= 2 for word in like):
            near.add(english)
    return frozenset(near)


def usual_words(texts: Iterable[str], vocabulary: Iterable[str]) -> dict[str, int]:
    """How usual English words are, most of all in our own texts."""
    own = Counter(word for text in texts for word in WORD.findall(text.lower()))
    english = _english()
    words = {*english, *vocabulary, *(word for word, times in own.items() if times >= USUAL)}
    return {word: (own[word] + 1) * max(english.get(word, 0) - RARE, 1) for word in sorted(words)}


@lru_cache(maxsize=1)
def _english() -> dict[str, int]:
    """The words of the reference list, and how often each was seen."""
    seen = SpellChecker(language="en").word_frequency.dictionary
    return {
        word: times
        for word, times in seen.items()
        if len(word) >= SHORTEST and word.isalpha() and times >= RARE
    }
