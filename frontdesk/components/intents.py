"""Decides what a message is about, from its sentence vector, its wording and what it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.utils.spacy_utils import SpacyNLP
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from frontdesk.clinical.vocabulary import SPANS
from frontdesk.components.encoder import NAME as ENCODER
from frontdesk.components.encoder import SentenceEncoder
from frontdesk.components.entities import SPACY_DOC

FILE = "intents.skops"
LISTED = 10  # how many guesses a message carries
NAMED = ("treatment", "pain_area", "pain_cause", "pressure", "condition", "no_preference")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """A logistic regression over sentence vector, word and character n-grams, and entity kinds."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs vectors and spaCy's document (see Rasa)."""
        return [SentenceEncoder, SpacyNLP]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings and their usual values (see Rasa).

        ``C``: how closely the phrases are followed; ``wording``: the weight of n-grams and
        ``naming``: of entity kinds, beside the sentence vector's 1.
        """
        return {"C": 10.0, "wording": 0.6, "naming": 0.5, "max_iter": 500}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        parts: dict[str, Any] | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._parts = parts or {
            "words": TfidfVectorizer(
                ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"
            ),
            "letters": TfidfVectorizer(
                analyzer="char_wb", ngram_range=(3, 4), min_df=3, sublinear_tf=True
            ),
            # every intent counts the same, however many phrases it has
            "line": LogisticRegression(
                C=config["C"], max_iter=config["max_iter"], class_weight="balanced"
            ),
        }

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """An untrained classifier (see Rasa)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The trained classifier of the model archive (see Rasa)."""
        with model_storage.read_from(resource) as folder:
            path = Path(folder) / FILE
            parts = skops.io.load(path, trusted=skops.io.get_untrusted_types(file=path))
        return cls(config, model_storage, resource, parts)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the phrases (see Rasa)."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT)]
        texts = [one.get(TEXT) for one in examples]
        self._parts["words"].fit(texts)
        self._parts["letters"].fit(texts)
        self._parts["line"].fit(self._features(examples), [one.get(INTENT) for one in examples])
        with self._model_storage.write_to(self._resource) as folder:
            skops.io.dump(self._parts, Path(folder) / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the intent and the next best guesses (see Rasa)."""
        spoken = [message for message in messages if message.get(TEXT)]
        if not spoken:
            return messages
        names = self._parts["line"].classes_
        for message, sure in zip(
            spoken, self._parts["line"].predict_proba(self._features(spoken)), strict=True
        ):
            best = np.argsort(-sure)[:LISTED]
            ranking = [{"name": str(names[n]), "confidence": float(sure[n])} for n in best]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _features(self, messages: list[Message]) -> sparse.csr_matrix:
        texts = [message.get(TEXT) for message in messages]
        wording, naming = self._config["wording"], self._config["naming"]
        return sparse.hstack(
            [
                sparse.csr_matrix(np.vstack([_vector(message) for message in messages])),
                wording * self._parts["words"].transform(texts),
                wording * self._parts["letters"].transform(texts),
                naming * sparse.csr_matrix(np.array([_named(message) for message in messages])),
            ],
            format="csr",
        )


def _vector(message: Message) -> Any:
    return next(one.features for one in message.features if one.origin == ENCODER)


def _named(message: Message) -> list[float]:
    """Which kinds of entities a message names, and whether it names several treatments."""
    values: dict[str, set[str]] = {}
    doc = message.get(SPACY_DOC)
    for span in doc.spans.get(SPANS, ()) if doc is not None else ():
        values.setdefault(span.label_, set()).add(span.id_)
    flags = [float(kind in values) for kind in NAMED]
    return [*flags, float(len(values.get("treatment", ())) > 1)]
