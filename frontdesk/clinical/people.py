"""Finds people's names in a text, by lists of names, capitals and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from frontdesk.clinical.names import Names
from frontdesk.clinical.private import Kind, Span

LONGEST = 4  # words of a name
LONGEST_CUE = 5  # words
MOST_WORDS_AT_END = 3  # of a name that ends a message
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_OWNER = re.compile(r"['\u2019](?:s|ll|d|re|ve|m)$", re.IGNORECASE)
_WITHIN = re.compile(r"[ \t]{1,2}")  # between the words of a name
_AFTER_INITIAL = re.compile(r"\.?[ \t]?")
_AFTER_TITLE = re.compile(r"\.?[ \t]{1,2}")
_AFTER_CUE = re.compile(r"[ \t]{1,2}|:\s{0,2}|,[ \t]|[ \t][\"'(\u201c]|[ \t]?=[ \t]?")
_CLOSING_GAP = re.compile(r"[ \t]*[,\n.!-]\s*")
_SPACE = re.compile(r"[ \t]+")
_AT_END = re.compile(r"[\s.!)\u2019'-]*$")
_LIKE_A_VERB = re.compile(r"(?:ing|ed|ly|tion|ment|ness)$")


class _Cue(IntEnum):
    """How much the words before tell of a name."""

    NONE = 0
    MAYBE = 1
    CLEARLY = 2
    RELATION = 3
    TITLE = 4
    SURELY = 5


@dataclass(frozen=True, slots=True)
class _Word:
    low: str
    start: int
    end: int
    is_capital: bool
    is_owner: bool  # "Tom's"
    written: str  # in small letters, as it stands: "i'm"


def find_people(text: str, names: Names, avoid: Iterable[tuple[int, int]] = ()) -> list[Span]:
    """The names of a text.

    Args:
        text: what was written.
        names: the lists to go by.
        avoid: places that name something else, such as a treatment.
    """
    words = [_word(match) for match in _WORD.finditer(text)]
    is_loud = len(words) > 1 and text == text.upper()
    found = _Reader(text, words, names, is_loud).spans()
    barred = list(avoid)
    if not barred:
        return list(found)
    return [s for s in found if not any(s.start < end and begin < s.end for begin, end in barred)]


def _word(match: re.Match[str]) -> _Word:
    written = match.group()
    owner = _OWNER.search(written)
    bare = written[: owner.start()] if owner else written
    return _Word(
        low=bare.lower(),
        start=match.start(),
        end=match.start() + len(bare),
        is_capital=bare[:1].isupper() and (len(bare) == 1 or not bare.isupper()),
        is_owner=owner is not None,
        written=written.lower().replace("\u2019", "'"),
    )


class _Reader:
    """Reads one text word by word."""

    def __init__(self, text: str, words: list[_Word], names: Names, is_loud: bool) -> None:
        self._text, self._words, self._names, self._is_loud = text, words, names, is_loud

    def spans(self) -> Iterator[Span]:
        """The names, from the first to the last."""
        number = 0
        while number < len(self._words):
            last = self._name_from(number)
            if last is None:
                number += 1
                continue
            yield Span(self._words[number].start, self._words[last].end, Kind.NAME)
            number = last + 1

    def _name_from(self, number: int) -> int | None:
        """The last word of the name that begins here, or nothing."""
        word, names = self._words[number], self._names
        if len(word.low) < 2 or word.low in names.never or word.low in names.cues.titles:
            return None
        cue = self._cue(number)
        if word.low in names.given:
            return self._extended(number, is_sure=cue is _Cue.SURELY)
        is_capital = word.is_capital and not self._is_loud
        is_word = word.low in names.rarely or (
            word.low in names.ordinary and word.low not in names.words_too
        )
        if cue is _Cue.SURELY and (is_capital or not is_word):
            return self._extended(number, is_sure=True)
        if cue is _Cue.TITLE and (is_capital or self._is_family(word)):
            return self._extended(number)
        if is_capital and self._is_told(number, cue):
            return self._extended(number)
        return None

    def _is_told(self, number: int, cue: _Cue) -> bool:
        """Whether what is around makes a name of a word with a capital."""
        word, names = self._words[number], self._names
        is_known = word.low in names.words_too
        is_odd = word.low not in names.ordinary and not is_known
        if cue in (_Cue.CLEARLY, _Cue.RELATION):
            return is_known or is_odd or self._has_family_name(number)
        if is_known and word.low not in names.rarely:
            if cue is _Cue.MAYBE and not self._is_followed_by_number(number):
                return True
            if self._is_at_start(number) and self._is_named_after(number):
                return True
        if (is_known or is_odd) and self._has_family_name(number):
            return True
        return (is_known or is_odd) and self._ends_message(number)

    def _cue(self, number: int) -> _Cue:
        """What the words before tell; the surest of them counts."""
        words, names = self._words, self._names
        if not number:
            return _Cue.NONE
        before = words[number - 1]
        gap = self._text[words[number - 1].end : words[number].start]
        if before.is_owner:
            gap = gap[2:] if gap[:1] in "'\u2019" else gap
        if before.low in names.cues.titles and _AFTER_TITLE.fullmatch(gap):
            return _Cue.TITLE
        if not _AFTER_CUE.fullmatch(gap):
            return _Cue.NONE
        if before.low in names.cues.relations and not before.is_owner:
            return _Cue.RELATION
        told = _Cue.NONE
        phrase = before.written + (":" if ":" in gap else "")
        for back in range(number - 1, max(-1, number - 1 - LONGEST_CUE), -1):
            if back < number - 1:
                phrase = f"{words[back].written} {phrase}"
            if phrase in names.surely:
                return _Cue.SURELY
            if "," not in gap and phrase in names.clearly:
                told = max(told, _Cue.CLEARLY)
            elif "," not in gap and phrase in names.maybe:
                told = max(told, _Cue.MAYBE)
        if told is _Cue.NONE and before.low == "is" and number > 1:
            is_kin = words[number - 2].low in names.cues.relations
            return _Cue.RELATION if is_kin else told
        return told

    def _extended(self, number: int, is_sure: bool = False) -> int:
        """The last word of a name, with initials, particles and family names after the first."""
        last = number
        following = number + 1
        while following < len(self._words) and following - number < LONGEST:
            before, word = self._words[following - 1], self._words[following]
            gap = self._text[before.end : word.start]
            between = _AFTER_INITIAL if len(before.low) == 1 else _WITHIN
            if before.is_owner or not between.fullmatch(gap) or word.low in self._names.never:
                break
            is_initial = len(word.low) == 1 and word.is_capital and word.low != "i"
            if word.low in self._names.cues.particles or is_initial:
                following += 1
                if is_initial and self._text[word.end : word.end + 1] in (".", ",", " ", ""):
                    last = following - 1
                continue
            if not self._continues(word, is_sure):
                break
            last = following
            following += 1
        return last

    def _continues(self, word: _Word, is_sure: bool) -> bool:
        names = self._names
        if word.is_capital and not self._is_loud:
            return word.low in names.family or word.low not in names.ordinary
        if word.low in names.ordinary or word.low in names.words_too:
            return False
        if word.low in names.family or word.low in names.given:
            return True
        return is_sure and len(word.low) > 2 and not _LIKE_A_VERB.search(word.low)

    def _is_family(self, word: _Word) -> bool:
        names = self._names
        return word.low in names.family and word.low not in names.ordinary

    def _has_family_name(self, number: int) -> bool:
        if number + 1 >= len(self._words):
            return False
        word, after = self._words[number], self._words[number + 1]
        gap = self._text[word.end : after.start]
        is_next = _WITHIN.fullmatch(gap) is not None and not word.is_owner
        is_name = after.is_capital and after.low in self._names.family
        return is_next and is_name and after.low not in self._names.ordinary

    def _is_followed_by_number(self, number: int) -> bool:
        end = self._words[number].end
        return self._text[end : end + 2].strip()[:1].isdigit()

    def _is_at_start(self, number: int) -> bool:
        return not self._text[: self._words[number].start].strip(" \n\"'")

    def _is_named_after(self, number: int) -> bool:
        if number + 1 >= len(self._words):
            return False
        word, after = self._words[number], self._words[number + 1]
        is_next = _SPACE.fullmatch(self._text[word.end : after.start]) is not None
        return is_next and after.low in self._names.cues.after

    def _ends_message(self, number: int) -> bool:
        """Whether a name signs the message: "Sincerely, Anneke"."""
        left = self._words[number:]
        if (
            not number
            or len(left) > MOST_WORDS_AT_END
            or not _AT_END.fullmatch(self._text, left[-1].end)
        ):
            return False
        gap = self._text[self._words[number - 1].end : left[0].start]
        if not _CLOSING_GAP.fullmatch(gap):
            return False
        phrase = ""
        for word in reversed(self._words[max(0, number - 3) : number]):
            phrase = f"{word.written} {phrase}".strip()
            if phrase in self._names.closings:
                return True
        return False
