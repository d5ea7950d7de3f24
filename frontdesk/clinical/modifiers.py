"""Finds the words of ``data/modifiers/`` in a message; medspaCy's ConText says what they govern."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from frontdesk.clinical.loading import entries
from frontdesk.domain.errors import DataFileError
from frontdesk.domain.modifier import Direction, Means, Modifier

TARGETS = "health"  # the group of spans that modifiers may govern
CLAUSE = "clause"  # the label of a target that is all of a clause, not a name in it
DENIALS = (Means.DENIED, Means.NEGATED)
# How a clause begins that asks something, with a question mark or without.
ASKING = frozenset(["is", "are", "can", "could", "do", "does", "would", "should", "will", "may"])
# Where ConText looks for what a modifier governs.
CONTEXT = {
    Direction.FORWARD: "FORWARD",
    Direction.BACKWARD: "BACKWARD",
    Direction.BOTH: "BIDIRECTIONAL",
    Direction.PSEUDO: "PSEUDO",
    Direction.TERMINATE: "TERMINATE",
}


def load_modifiers(data: Path) -> dict[str, Modifier]:
    """The modifiers of the data folder by id.

    Raises:
        DataFileError: naming file, entry and key; also a phrase written twice for one meaning.
    """
    folder = data / "modifiers"
    found = entries(folder, Modifier)
    homes: dict[str, str] = {}
    for name, modifier in found.items():
        check_unrepeated(folder, name, "phrases", modifier.phrases)
        if modifier.direction is Direction.ANYWHERE:
            continue
        for phrase in modifier.phrases:
            # ConText keeps one of two that stand on the same words, and does not say which
            home = homes.setdefault(phrase.lower(), name)
            if home != name:
                problem = f"'{phrase}' is also in '{home}'; keep one, of direction both perhaps"
                raise DataFileError(str(folder), problem, name, "phrases")
    return found


def check_unrepeated(folder: Path, entry: str, key: str, phrases: Iterable[str]) -> None:
    """Refuse a phrase that is written twice in one list.

    Raises:
        DataFileError: naming the folder's entry, the key and the phrase.
    """
    seen: set[str] = set()
    for phrase in phrases:
        if phrase.lower() in seen:
            raise DataFileError(str(folder), f"'{phrase}' is written twice; keep one", entry, key)
        seen.add(phrase.lower())


def context(nlp: Language, modifiers: Mapping[str, Modifier]) -> Any:
    """A ConText with our modifiers alone; medspaCy's own rules are made for hospital notes."""
    ConText, ConTextRule = _medspacy()
    engine = ConText(
        nlp,
        rules=None,
        phrase_matcher_attr="NORM",
        span_attrs=None,
        input_span_type="group",
        span_group_name=TARGETS,
    )
    rules = []
    for name, modifier in modifiers.items():
        if modifier.direction is Direction.ANYWHERE:
            continue
        rules += [
            ConTextRule(
                phrase.lower(),
                modifier.means.value,
                direction=CONTEXT[modifier.direction],
                max_scope=modifier.reach or None,
                terminated_by={Means.COUNTER.value} if modifier.means in DENIALS else None,
                metadata={"days": modifier.days, "name": name},
            )
            for phrase in modifier.phrases
        ]
    engine.add(rules)
    return engine


def _medspacy() -> tuple[Any, Any]:
    # medSpaCy imports QuickUMLS, and with it NLTK and SciPy, for a step that is not used here:
    # a second at each start. It also silences all warnings of the process.
    with warnings.catch_warnings():
        stand_in = ModuleType("quickumls")
        stand_in.__dict__["spacy_component"] = None
        is_stood_in = sys.modules.setdefault("quickumls", stand_in) is stand_in
        try:
            from medspacy.context import ConText, ConTextRule
        finally:
            if is_stood_in:
                del sys.modules["quickumls"]
    # said at every message: we have phrases only, and no token patterns
    warnings.filterwarnings("ignore", message=r"\[W036\]")
    return ConText, ConTextRule


def distance(modifier: Any, target: Span) -> int:
    """How many words stand between what ConText found and a target."""
    start, end = modifier.modifier_span
    return int(max(start - target.end, target.start - end, 0))


def wording(doc: Doc, modifier: Any) -> str:
    """The words that ConText found."""
    start, end = modifier.modifier_span
    return str(doc[start:end].text)


class Marks:
    """Finds words by what they mean, wherever they stand in a message."""

    def __init__(
        self, nlp: Language, modifiers: Mapping[str, Modifier], wanted: Iterable[Means]
    ) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="NORM")
        wanted = set(wanted)
        self._means: dict[int, tuple[Means, int]] = {}
        for name, modifier in modifiers.items():
            if modifier.means in wanted:
                docs = [nlp.make_doc(phrase.lower()) for phrase in modifier.phrases]
                self._matcher.add(name, docs)
                self._means[nlp.vocab.strings[name]] = (modifier.means, modifier.days)

    def __call__(self, doc: Doc) -> dict[Means, list[Span]]:
        """Every mark of the message, in order."""
        found: dict[Means, list[Span]] = {}
        for key, start, end in self._matcher(doc):
            found.setdefault(self._means[key][0], []).append(Span(doc, start, end))
        return found
