"""The lists by which people's names are known, read once from ``data/private/`` and a census."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

from frontdesk.clinical.loading import read_yaml, structure
from frontdesk.domain.errors import DataFileError

FOLDER = "private"
CENSUS = "names"  # the package that holds the names of a census
GIVEN_LISTS, FAMILY_LIST = ("dist.female.first", "dist.male.first"), "dist.all.last"
PLACES, MEDICINES = "places", "medicines"  # groups of names that are words, too
FAMILY_NAMES = 20_000  # of its 88,799, the most frequent: rarer ones are more often words
SHORTEST = 3  # letters; shorter given names count as words, too
OWN_WORDS = ("treatments", "vocabulary", "conditions", "modifiers", "nlu")
_WORD = re.compile(r"\b[a-z]{2,}\b")


@dataclass(frozen=True, slots=True)
class Cues:
    """Words around names, as ``data/private/cues.yml`` lists them."""

    surely: list[str]
    clearly: list[str]
    maybe: list[str]
    relations: list[str]
    titles: list[str]
    closings: list[str]
    after: list[str]
    particles: list[str]
    seasons: list[str]


@dataclass(frozen=True, slots=True)
class Names:
    """What is a name, what is none, and what stands around one; all in small letters.

    ``given`` are names and nothing else, ``words_too`` names that are words as well, ``rarely``
    those of them that are mostly times, places or medicines, ``ordinary`` the words that visitors
    use, ``never`` words that are nobody's name.
    """

    given: frozenset[str]
    words_too: frozenset[str]
    family: frozenset[str]
    never: frozenset[str]
    ordinary: frozenset[str]
    cues: Cues
    surely: frozenset[str]
    clearly: frozenset[str]
    maybe: frozenset[str]
    rarely: frozenset[str]
    closings: frozenset[str]


@lru_cache(maxsize=4)
def load_names(data: Path) -> Names:
    """The lists of a data folder.

    Raises:
        DataFileError: a list is missing or not in order.
    """
    folder = data / FOLDER
    never = _listed(folder / "not_names.yml")
    words_too = _listed(folder / "words_too.yml") - never
    given = _listed(folder / "given_names.yml")
    for file in GIVEN_LISTS:
        given |= _census(file)
    given -= never
    words_too |= {name for name in given if len(name) < SHORTEST}
    cues = structure(folder / "cues.yml", FOLDER, read_yaml(folder / "cues.yml", FOLDER), Cues)
    return Names(
        given=given - words_too,
        words_too=words_too,
        family=_census(FAMILY_LIST, FAMILY_NAMES) - never,
        never=never,
        ordinary=_own_words(data) - (given - words_too),
        cues=cues,
        surely=frozenset(cues.surely),
        clearly=frozenset(cues.clearly),
        maybe=frozenset(cues.maybe),
        rarely=frozenset(cues.seasons) | _listed(folder / "words_too.yml", PLACES, MEDICINES),
        closings=frozenset(cues.closings),
    )


@lru_cache(maxsize=4)
def names_that_are_words(data: Path) -> frozenset[str]:
    """Names that may mean something else when they have no capital: "will", "rose"."""
    return _listed(data / FOLDER / "words_too.yml")


def _listed(path: Path, *wanted: str) -> frozenset[str]:
    """The words of a file of groups of words, or of some of the groups."""
    groups: Iterable[tuple[str, object]] = read_yaml(path, FOLDER).items()
    words: set[str] = set()
    for group, told in groups:
        if not isinstance(told, str) or not told.split():
            raise DataFileError(str(path), "must be words with spaces between", str(group))
        if not wanted or group in wanted:
            words.update(told.lower().split())
    return frozenset(words)


def _census(file: str, most: int | None = None) -> frozenset[str]:
    """The most frequent names of one of the census's lists, in small letters."""
    try:
        text = resources.files(CENSUS).joinpath(file).read_text(encoding="ascii")
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise DataFileError(file, f"the package '{CENSUS}' is not installed whole") from error
    return frozenset(line.split()[0].lower() for line in text.splitlines()[:most] if line.strip())


def _own_words(data: Path) -> frozenset[str]:
    """Every word in small letters of what we teach and offer."""
    files = [path for name in OWN_WORDS for path in sorted((data / name).glob("*.yml"))]
    text = " ".join(path.read_text(encoding="utf-8") for path in files)
    return frozenset(_WORD.findall(text))
