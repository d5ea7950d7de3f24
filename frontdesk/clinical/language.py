"""Builds the spaCy pipeline from ``data/`` and keeps it with a mark of what it is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from frontdesk.clinical import clauses, spelling, vocabulary
from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.loading import entries, read_yaml, structure
from frontdesk.clinical.modifiers import load_modifiers
from frontdesk.clinical.ordinary import load_ordinary
from frontdesk.domain.condition import Condition
from frontdesk.domain.errors import DataFileError
from frontdesk.domain.modifier import Means
from frontdesk.domain.treatment import Treatment
from frontdesk.domain.vocabulary import Phrases, Term

FOLDERS = ("treatments", "vocabulary", "conditions", "modifiers", "ordinary", "statements", "nlu")
MARK = "built-from.txt"


def load_terms(data: Path) -> list[Term]:
    """Every term of the data folder that can be found in a message.

    Raises:
        DataFileError: naming file, entry and key of what is wrong.
    """
    terms = [
        Term("treatment", name, _called(treatment))
        for name, treatment in entries(data / "treatments", Treatment).items()
    ]
    terms += [
        Term("red_flag" if condition.is_red_flag else "condition", name, _named(condition))
        for name, condition in load_conditions(data).items()
    ]
    return terms + _hints(data) + _vocabulary_terms(data / "vocabulary")


def _hints(data: Path) -> list[Term]:
    return [
        Term(vocabulary.HINT, name, Phrases(words=condition.hints, alone=0))
        for name, condition in load_conditions(data).items()
        if condition.hints
    ]


def _called(treatment: Treatment) -> Phrases:
    return Phrases(
        words=treatment.also_called,
        maybe=treatment.maybe,
        near=treatment.near,
        unless=treatment.unless,
    )


def _named(condition: Condition) -> Phrases:
    # a doubtful word alone is no finding: "stiff neck" answers "where does it hurt?"
    return Phrases(
        words=condition.words,
        maybe=condition.maybe,
        near=condition.near,
        capitals=condition.capitals,
        unless=condition.unless,
        alone=0,
    )


def _vocabulary_terms(folder: Path) -> list[Term]:
    terms: list[Term] = []
    for path in sorted(folder.glob("*.yml")):
        for value, raw in read_yaml(path, folder.name).items():
            terms.append(Term(path.stem, str(value), structure(path, str(value), raw, Phrases)))
    if not terms:
        raise DataFileError(str(folder), "no .yml file here")
    return terms


def data_mark(data: Path) -> str:
    """A hash of the files and the code the pipeline is built from."""
    digest = hashlib.sha256()
    code = [Path(module.__file__ or "") for module in (clauses, spelling, vocabulary)]
    for path in [
        Path(__file__),
        *code,
        *(p for f in FOLDERS for p in sorted((data / f).glob("*.yml"))),
    ]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def build(data: Path) -> Language:
    """Make the pipeline: words as meant, what they name, and where clauses begin."""
    terms = load_terms(data)
    nlp = spacy.blank("en")
    _know_capitals(nlp)
    step = nlp.add_pipe("frontdesk_spelling")
    assert isinstance(step, spelling.Spelling)
    finder = nlp.add_pipe("frontdesk_vocabulary")
    assert isinstance(finder, vocabulary.Vocabulary)
    finder.add(terms)
    cutter = nlp.add_pipe("frontdesk_clauses")
    assert isinstance(cutter, clauses.Clauses)
    cutter.add(_clause_words(data))
    words = _words_of(terms, nlp)
    other = _words_of([term for term in terms if term.label not in vocabulary.HEALTH], nlp)
    harmless = _harmless_words(nlp, data) - words
    slips = {word for word in harmless if spelling.closest(word, other)}  # "sweedish"
    known = spelling.neighbors(words) | (harmless - slips)
    usual = spelling.usual_words(_texts(data), _all_words_of(terms, nlp))
    spelling.Spelling.__init__(step, words, known, usual)
    return nlp


def _words_of(terms: Iterable[Term], nlp: Language) -> frozenset[str]:
    """The words that a slip may be read as."""
    return frozenset(filter(spelling.is_word_of_ours, _all_words_of(terms, nlp)))


def _all_words_of(terms: Iterable[Term], nlp: Language) -> Iterator[str]:
    for term in terms:
        for phrase in (*term.phrases.words, *term.phrases.maybe):
            yield from (one.norm_ for one in nlp.make_doc(phrase.lower()) if one.is_alpha)


def _harmless_words(nlp: Language, data: Path) -> frozenset[str]:
    """The words of what states nothing, and those beside a name: none is a slip of one of ours."""
    conditions = load_conditions(data).values()
    texts = [text for one in conditions for text in (*one.near_misses, *one.near)]
    texts += load_ordinary(data)
    return frozenset(token.lower_ for text in texts for token in nlp.make_doc(text))


def _texts(data: Path) -> list[str]:
    """What people write, of health and of everything else."""
    conditions = load_conditions(data).values()
    own = [text for one in conditions for text in (*one.examples, *one.near_misses)]
    own += load_ordinary(data)
    for folder in ("statements", "nlu"):
        own += [path.read_text(encoding="utf-8") for path in sorted((data / folder).glob("*.yml"))]
    return own


def _know_capitals(nlp: Language) -> None:
    """Teach the tokenizer "ISN'T": spaCy knows contractions as "isn't" and "Isn't" alone."""
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    for text, pieces in list((tokenizer.rules or {}).items()):
        if "'" not in text and "\u2019" not in text:
            continue
        capitals = [{**piece, ORTH: piece[ORTH].upper()} for piece in pieces]
        if text.upper() not in (tokenizer.rules or {}):
            tokenizer.add_special_case(text.upper(), capitals)


def _clause_words(data: Path) -> dict[str, list[str]]:
    wanted = (Means.TURN, Means.NOTHING, Means.JOINER, Means.SUBJECT, Means.OWNER, Means.VERB)
    found: dict[str, list[str]] = {}
    for modifier in load_modifiers(data).values():
        if modifier.means in wanted:
            found.setdefault(modifier.means.value, []).extend(modifier.phrases)
    return found


def build_if_stale(data: Path, target: Path) -> bool:
    """Build the pipeline into ``target`` unless it is there and current.

    Returns:
        Whether it was built.
    """
    mark = data_mark(data)
    kept = target / MARK
    if kept.exists() and kept.read_text(encoding="ascii") == mark:
        return False
    build(data).to_disk(target)
    kept.write_text(mark, encoding="ascii")
    return True
