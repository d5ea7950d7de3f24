"""The learned judge: how something is stated, from many statements, beside the rules."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from spacy.tokens import Span

from frontdesk.clinical.assertion import Stated
from frontdesk.clinical.encoder import Vectors
from frontdesk.clinical.findings import COUNTING
from frontdesk.clinical.traits import meaning, traits
from frontdesk.domain.condition import Condition
from frontdesk.domain.finding import Assertion, Subject

REAL = (Assertion.PRESENT, Assertion.POSSIBLE)
NEVER = 2.0  # more than any likelihood
OTHER = "other"  # somebody else's, however it is stated
WEIGHTS, NAMES = "judge.npz", "judge.json"
SCALE = 5.0  # of a sentence vector, whose numbers are small beside a trait's


@dataclass(frozen=True, slots=True)
class Certainty:
    """How likely something must be for the judge to overrule the rules.

    That something counts is believed sooner than that it does not. That it is denied is for the
    rules alone: wrongly believed, it would do the most harm. Chosen on messages by writers of
    their own, judged by what was learned from others.
    """

    doubted: float = 0.5  # that what the rules take to be there is so only perhaps
    there: float = 0.6  # that what they take to be denied is there
    theirs: float = 0.7  # that what they take to be somebody else's is the client's
    meant: float = 0.5  # the same of what they take to be asked in general
    otherwise: float = 0.93  # anything else: that it is over, or somebody else's
    firm: float = 0.85  # against words that leave no doubt
    plain: float = 0.99  # against a denial in so many words


class Judge:
    """Says how likely each way of stating is: present, ..., absent, or somebody else's."""

    def __init__(
        self,
        labels: Sequence[str],
        names: Sequence[str],
        weights: Vectors,
        bias: Vectors,
        certainty: Certainty | None = None,
    ) -> None:
        self._labels = list(labels)
        self._index = {name: number for number, name in enumerate(names)}
        self._weights, self._bias = weights, bias
        self._certainty = certainty or Certainty()

    @classmethod
    def load(cls, folder: Path) -> Judge:
        """Read what ``save`` kept in a folder."""
        kept = json.loads((folder / NAMES).read_text(encoding="utf-8"))
        with np.load(folder / WEIGHTS) as numbers:
            return cls(kept["labels"], kept["names"], numbers["weights"], numbers["bias"])

    def save(self, folder: Path) -> None:
        """Keep it in a folder."""
        kept = {"labels": self._labels, "names": list(self._index)}
        (folder / NAMES).write_text(json.dumps(kept), encoding="utf-8")
        np.savez(folder / WEIGHTS, weights=self._weights, bias=self._bias)

    def likelihoods(self, found: Mapping[str, float], vectors: Vectors) -> dict[str, float]:
        """How likely each label is for traits and the vectors beside them."""
        names = [name for name in found if name in self._index]
        places = np.fromiter((self._index[name] for name in names), np.intp, len(names))
        amounts = np.fromiter((found[name] for name in names), np.float32, len(names))
        scores = self._bias + vectors * SCALE @ self._weights[len(self._index) :]
        scores = scores + amounts @ self._weights[places]
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        return {label: float(one) for label, one in zip(self._labels, likely, strict=True)}

    def judged(
        self,
        stated: Stated,
        target: Span,
        condition: Condition,
        texts: Sequence[str],
        vectors: Vectors,
        *,
        is_clause: bool,
    ) -> Stated:
        """How a target is stated after the rules have said it; red flags are theirs alone."""
        if condition.is_red_flag:
            return stated
        found = traits(target, condition, is_clause=is_clause)
        likely = self.likelihoods(found, meaning(target, texts, vectors))
        best, sureness = _best(likely, stated)
        said = _as_stated(best, stated)
        if said == stated or sureness < self._needed(stated, said):
            return stated
        return replace(said, because=(*stated.because, f"learned: {sureness:.0%}"))

    def _needed(self, stated: Stated, said: Stated) -> float:
        """How likely it must be that something is stated otherwise than the rules say."""
        sure = self._certainty
        if said.assertion is Assertion.ABSENT:
            return NEVER
        if stated.is_plain:
            return sure.plain
        if stated.subject is Subject.OTHER:
            return sure.theirs
        if stated.is_firm:
            is_planned = stated.assertion is Assertion.HYPOTHETICAL
            return NEVER if is_planned else sure.firm
        if stated.assertion is Assertion.PRESENT and said.assertion is Assertion.POSSIBLE:
            return sure.doubted
        if _counts(said) and not _counts(stated):
            if stated.assertion is Assertion.HYPOTHETICAL:
                return sure.meant
            if stated.assertion is not Assertion.HISTORICAL:
                return sure.there
        return sure.otherwise


def _best(likely: Mapping[str, float], stated: Stated) -> tuple[str, float]:
    """The likeliest label, and how sure it is; that it is the client's after all adds up."""
    best = max(likely, key=lambda label: likely[label])
    if stated.subject is Subject.CLIENT or best == OTHER:
        return best, likely[best]
    return best, 1 - likely[OTHER]


def _counts(stated: Stated) -> bool:
    return stated.subject is Subject.CLIENT and stated.assertion in REAL


def _as_stated(label: str, stated: Stated) -> Stated:
    if label != OTHER:
        return replace(stated, assertion=Assertion(label), subject=Subject.CLIENT)
    assertion = stated.assertion if stated.assertion in COUNTING else Assertion.PRESENT
    return replace(stated, assertion=assertion, subject=Subject.OTHER)
