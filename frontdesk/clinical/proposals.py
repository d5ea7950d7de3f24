"""What the second reader proposes: clauses that mean an entry which the message does not name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Span

from frontdesk.clinical.clauses import parts
from frontdesk.clinical.company import NONE
from frontdesk.clinical.encoder import Vectors
from frontdesk.clinical.findings import MEANING, Reading
from frontdesk.clinical.meanings import Meanings
from frontdesk.clinical.vocabulary import CONDITION, RED_FLAG
from frontdesk.domain.condition import Condition, Urgency

SHORT = 9  # words of a clause whose meaning a name in it may account for
NOTED, LEAST_NOTED = 2, 0.05  # how many unlikely meanings are noted, and from which likelihood


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which likelihood the second reader is believed, and from which it asks.

    Chosen on messages by writers of their own, red flags first; see docs/clinical.md.
    """

    flag_sure: float = 0.7
    flag_ask: float = 0.09
    calm_ask: float = 0.2  # of what is worth a visit to the doctor, and not today
    condition_sure: float = 0.2
    condition_ask: float = 0.2
    flag_beside_names: float = 0.5  # in a short clause that names something else
    condition_beside_names: float = 0.3  # in any clause that names another condition
    condition_beside_flags: float = 0.8  # in any clause that names a red flag, which explains it
    settling: float = 0.005  # of an entry for which a doubtful word stands there
    meant: float = 0.5  # of a name in a message about a job or a film, to be taken for real
    denied: float = 0.5  # of a red flag that seems denied, to be asked about all the same
    harmless: float = 0.97  # of a clause that surely states nothing
    scattered: float = 0.25  # of what no clause states by itself
    joined: float = 0.4  # of what is a red flag only together with something else


class Proposals:
    """Proposes entries by what clauses mean; without ``meanings`` there are none."""

    def __init__(
        self,
        meanings: Meanings | None,
        conditions: Mapping[str, Condition],
        thresholds: Thresholds,
    ) -> None:
        self._meanings = meanings
        self._conditions = conditions
        self.thresholds = thresholds

    def is_sure(self, condition: Condition, sureness: float) -> bool:
        """Whether it counts at once, and is not asked about."""
        sure = self.thresholds
        return sureness >= (sure.flag_sure if condition.is_red_flag else sure.condition_sure)

    def likelihoods(self, vectors: Vectors | None) -> Vectors | None:
        """How likely each entry is for the message and each of its parts; None with no reader."""
        if self._meanings is None or vectors is None or not len(vectors):
            return None
        return self._meanings.likelihoods(vectors)

    def settles(self, name: str, likely: Vectors | None) -> bool:
        """Whether a doubtful word for an entry counts, because the message means it, too."""
        if self._meanings is None or likely is None or name not in self._meanings.labels:
            return False
        best = float(likely[:, self._meanings.labels.index(name)].max())
        return best >= self.thresholds.settling and not self._conditions[name].is_red_flag

    def meant(self, likely: Vectors | None) -> set[str]:
        """The entries that a message rather states than not."""
        if self._meanings is None or likely is None:
            return set()
        best = likely.max(axis=0) >= self.thresholds.meant
        return {self._meanings.labels[number] for number in np.flatnonzero(best)}

    def of(
        self, doc: Doc, likely: Vectors | None, named: Sequence[Span], reading: Reading
    ) -> list[tuple[Span, float]]:
        """Clauses that mean an entry which is not named in the message, likeliest first.

        What a clause names explains much of its meaning: beside it only what is sure counts.
        The next likeliest are noted in ``reading``.
        """
        if self._meanings is None or likely is None:
            return []
        known = {span.id_ for span in named}
        best, texts = likely.max(axis=0), parts(doc)
        least = min(self.thresholds.flag_ask, self.thresholds.condition_ask)
        is_scattered = self._is_harmless_in_parts(doc, texts, likely)
        found = []
        for number in np.argsort(-best):
            sureness, name = float(best[number]), self._meanings.labels[number]
            is_noted = sureness >= LEAST_NOTED and len(reading.considered) < NOTED
            if sureness < least and not is_noted:
                break
            if name == NONE or name in known or name not in self._conditions:
                continue
            clause = _clause(doc, texts, likely[:, number])
            label = RED_FLAG if self._conditions[name].is_red_flag else CONDITION
            span = Span(doc, clause.start, clause.end, label, span_id=name)
            why = self._why_not(self._conditions[name], name, sureness, span, named)
            if not why and is_scattered and sureness < self.thresholds.scattered:
                why = "too unlikely where each clause is harmless"
            if not why:
                found.append((span, sureness))
            elif len(reading.considered) < NOTED:
                reading.refuse(span, MEANING, sureness, why)
        return found

    def _is_harmless_in_parts(self, doc: Doc, texts: Sequence[str], likely: Vectors) -> bool:
        """Whether each clause by itself surely states nothing, and all of them were read so."""
        assert self._meanings is not None
        if NONE not in self._meanings.labels:
            return False
        nothing = likely[:, self._meanings.labels.index(NONE)]
        for clause in doc.sents:
            alone = [n for n, text in enumerate(texts, start=1) if text in clause.text]
            if not alone or float(nothing[alone].max()) < self.thresholds.harmless:
                return False
        return True

    def _why_not(
        self,
        condition: Condition,
        name: str,
        sureness: float,
        clause: Span,
        named: Sequence[Span],
    ) -> str:
        asks, is_flag = self.thresholds, condition.is_red_flag
        is_short = sum(token.is_alpha for token in clause) <= SHORT
        there = [one for one in named if one.start < clause.end and clause.start < one.end]
        beside = asks.flag_beside_names if is_flag else asks.condition_beside_names
        if not is_flag and any(one.label_ == RED_FLAG for one in there):
            beside = asks.condition_beside_flags
        is_named_there = bool(there) and (is_short or not is_flag)
        needed = condition.only_with
        if sureness < self._least(condition):
            return "too unlikely"
        if needed and not any(token.norm_ in needed for token in clause.doc):
            return "nothing else in the message speaks for it"
        if is_named_there and sureness < beside:
            return "too unlikely beside what is named there"
        if condition.joins_asking and sureness < asks.joined:
            return "too unlikely for what counts only with something else"
        return ""

    def _least(self, condition: Condition) -> float:
        """From which likelihood an entry is asked about: the more urgent, the sooner."""
        if condition.urgency is Urgency.NONE:
            return self.thresholds.condition_ask
        is_calm = condition.urgency is Urgency.SEE_GP
        return self.thresholds.calm_ask if is_calm else self.thresholds.flag_ask


def _clause(doc: Doc, texts: Sequence[str], likely: Vectors) -> Span:
    """The clause in which an entry is likeliest.

    ``likely`` is of the message, then of each of ``texts``, clauses first.
    """
    best, found = -1.0, None
    for clause in doc.sents:
        for number, text in enumerate(texts, start=1):
            if text in clause.text and likely[number] > best:
                best, found = float(likely[number]), clause
    return found if found is not None else doc[:]
