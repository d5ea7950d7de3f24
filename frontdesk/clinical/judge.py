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

NEVER = 2.0  # more than any likelihood
OTHER = "other"  # somebody else's, however it is stated
WEIGHTS, NAMES = "judge.npz", "judge.json"
SCALE = 5.0  # of a sentence vector, whose numbers are small beside a trait's


@dataclass(frozen=True, slots=True)
class Certainty:
    """How likely something must be for the judge to overrule the rules.

    The rules explain themselves and stand unless it is fairly certain, and more so when what
    somebody has would no longer count. Chosen on messages by writers of their own.
    """

    otherwise: float = 0.8  # that it counts in another way: once, perhaps
    counts: float = 0.9  # that it counts after all
    supposed: float = 0.8  # that it is a question only
    drops: float = 0.9  # that it is denied, or somebody else's


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
        index = self._index
        known = [(index[name], weight) for name, weight in found.items() if name in index]
        scores = self._bias + vectors * SCALE @ self._weights[len(self._index) :]
        if known:
            numbers, amounts = zip(*known, strict=True)
            scores = scores + np.asarray(amounts, np.float32) @ self._weights[list(numbers)]
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
        best = max(likely, key=lambda label: likely[label])
        said = _as_stated(best, stated)
        if said == stated or likely[best] < self._needed(stated, said, is_clause):
            return stated
        return replace(said, because=(*stated.because, f"learned: {likely[best]:.0%}"))

    def _needed(self, stated: Stated, said: Stated, is_clause: bool) -> float:
        """How likely it must be that something is stated so, and not as the rules say."""
        sure = self._certainty
        is_once = said.assertion is Assertion.HISTORICAL
        if stated.is_firm or (stated.assertion is Assertion.POSSIBLE and not is_once):
            return NEVER
        if _counts(stated) and _counts(said):
            return sure.counts if said.assertion is Assertion.PRESENT else sure.otherwise
        if _counts(said) or not _counts(stated):
            return sure.counts
        if stated.because:  # what the rules know a word for is not dropped
            return NEVER
        # "can you do a massage for my pregnant wife?" asks, and yet states it
        if said.assertion is Assertion.HYPOTHETICAL and not is_clause:
            return NEVER
        return sure.supposed if said.assertion is Assertion.HYPOTHETICAL else sure.drops


def _as_stated(label: str, stated: Stated) -> Stated:
    if label != OTHER:
        return replace(stated, assertion=Assertion(label), subject=Subject.CLIENT)
    assertion = stated.assertion if stated.assertion in COUNTING else Assertion.PRESENT
    return replace(stated, assertion=assertion, subject=Subject.OTHER)


def _counts(stated: Stated) -> bool:
    return stated.subject is Subject.CLIENT and stated.assertion in COUNTING
