"""A trained linear classifier over n-grams and dense features, read out message by message."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float64]
WORDS, NUMBERS = "words.json", "numbers.npz"
WORD = re.compile(r"\w+")


def word_grams(text: str) -> list[str]:
    """Words and pairs of neighboring words."""
    words = WORD.findall(text.lower())
    return [*words, *(f"{one} {two}" for one, two in pairwise(words))]


def letter_grams(text: str) -> list[str]:
    """Runs of three and four letters within words, word ends included."""
    padded = [f" {word} " for word in text.lower().split()]
    return [
        word[start : start + length]
        for word in padded
        for length in (3, 4)
        for start in range(max(1, len(word) - length + 1))
    ]


ANALYZERS = (word_grams, letter_grams)


class NgramLine:
    """Logistic regression over word n-grams, letter n-grams and dense features.

    Trained with scikit-learn; ``likelihoods`` does the same sums for one text without building
    sparse matrices, some ten times faster.
    """

    def __init__(self, closeness: float, wording: float, max_iter: int) -> None:
        # imported here: reading messages needs none of it, and it is slow to import
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression

        self.wording = wording
        self.vectorizers = (
            TfidfVectorizer(analyzer=word_grams, min_df=2, sublinear_tf=True),
            TfidfVectorizer(analyzer=letter_grams, min_df=3, sublinear_tf=True),
        )
        # every class counts the same, however many phrases it has
        self.line = LogisticRegression(C=closeness, max_iter=max_iter, class_weight="balanced")

    def fit(self, texts: Sequence[str], dense: Matrix, labels: Sequence[str]) -> None:
        """Learn from texts, their dense features (one row each) and their labels."""
        import scipy.sparse as sparse

        grams = [self.wording * one.fit_transform(texts) for one in self.vectorizers]
        self.line.fit(sparse.hstack([sparse.csr_matrix(dense), *grams], format="csr"), labels)

    def save(self, folder: Path) -> None:
        """Keep what was learned, as plain numbers and names."""
        words = {
            "wording": self.wording,
            "labels": [str(label) for label in self.line.classes_],
            "grams": [list(one.get_feature_names_out()) for one in self.vectorizers],
        }
        (folder / WORDS).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        np.savez(
            folder / NUMBERS,
            weights=np.ascontiguousarray(self.line.coef_.T, dtype=np.float32),
            bias=self.line.intercept_.astype(np.float32),
            **{f"rarity{n}": one.idf_.astype(np.float32) for n, one in enumerate(self.vectorizers)},
        )


class Reading:
    """What ``NgramLine`` learned, ready to read messages."""

    def __init__(self, folder: Path) -> None:
        words = json.loads((folder / WORDS).read_text(encoding="utf-8"))
        self.labels: list[str] = words["labels"]
        self._wording: float = words["wording"]
        with np.load(folder / NUMBERS) as numbers:
            self._weights, self._bias = numbers["weights"], numbers["bias"]
            self._grams = tuple(
                (analyze, {gram: place for place, gram in enumerate(grams)}, numbers[f"rarity{n}"])
                for n, (analyze, grams) in enumerate(zip(ANALYZERS, words["grams"], strict=True))
            )
        self._dense = len(self._weights) - sum(len(grams) for grams in words["grams"])

    def likelihoods(self, text: str, dense: Matrix) -> Matrix:
        """How likely each label is, adding up to 1, in the order of ``labels``."""
        scores = self._bias + dense @ self._weights[: self._dense]
        start = self._dense
        for analyze, vocabulary, rarity in self._grams:
            counts = Counter(gram for gram in analyze(text) if gram in vocabulary)
            if counts:
                numbers = np.array([vocabulary[gram] for gram in counts])
                weight = (1.0 + np.log(np.array(list(counts.values())))) * rarity[numbers]
                weight *= self._wording / np.linalg.norm(weight)
                scores = scores + weight @ self._weights[start + numbers]
            start += len(vocabulary)
        likely = np.exp(scores - scores.max())
        result: Matrix = likely / likely.sum()
        return result
