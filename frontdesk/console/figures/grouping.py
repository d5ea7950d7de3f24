"""Groups messages that are alike, so that one sees what is asked for again and again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

ALIKE = 0.4  # cosine of two messages' runs of letters above which they are about the same
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Places of messages that are alike, the one most like the others first."""

    members: Sequence[int]


def grouped(texts: Sequence[str]) -> list[Group]:
    """The groups of some texts, the largest first."""
    places: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        places.setdefault(" ".join(text.lower().split()), []).append(number)
    different = list(places)
    weights = np.array([len(places[text]) for text in different], dtype=float)
    groups = [
        Group([number for one in members for number in places[different[one]]])
        for members in _around(_likeness(different), weights)
    ]
    return sorted(groups, key=lambda group: (-len(group.members), group.members))


def _around(likeness: NDArray[Any], weights: NDArray[Any]) -> list[list[int]]:
    """Again and again, the text with most others near it and those others."""
    near = likeness >= ALIKE
    left = np.ones(len(weights), dtype=bool)
    counts = near @ weights
    found = []
    while left.any():
        middle = int(np.argmax(np.where(left, counts, -1)))
        members = np.flatnonzero(near[middle] & left)
        counts -= near[:, members] @ weights[members]
        left[members] = False
        closest = members[np.argsort(-likeness[middle, members], kind="stable")]
        found.append([middle, *(int(one) for one in closest if one != middle)])
    return found


def _likeness(texts: Sequence[str]) -> NDArray[Any]:
    """How alike each two texts are, 1 on the diagonal."""
    # it takes a second to load, which nobody should wait for who never looks at this
    from sklearn.feature_extraction.text import TfidfVectorizer

    likeness = np.eye(len(texts))
    if len(texts) > 1:
        runs = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True)
        vectors = runs.fit_transform([f" {text} " for text in texts])
        likeness = np.asarray((vectors @ vectors.T).todense())
        np.fill_diagonal(likeness, 1.0)
    return likeness
