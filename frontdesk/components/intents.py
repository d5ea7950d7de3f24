"""Decides what a message is about, from its sentence vector, its wording and what it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.utils.spacy_utils import SpacyNLP
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from frontdesk.clinical.vocabulary import SPANS
from frontdesk.components.encoder import NAME as ENCODER
from frontdesk.components.encoder import SentenceEncoder
from frontdesk.components.entities import SPACY_DOC
from frontdesk.components.linear import NgramLine, Reading

RED_FLAG = "report_red_flag"
LISTED = 5  # how many guesses a message carries
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
        reading: Reading | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._reading = reading

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
            return cls(config, model_storage, resource, Reading(Path(folder)))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the phrases (see Rasa)."""
        # a red flag is told by the clinical reading alone, and "/intent" is a button
        learned = [one for one in training_data.intent_examples if one.get(INTENT) != RED_FLAG]
        examples = [one for one in learned if one.get(TEXT) and not one.get(TEXT).startswith("/")]
        line = NgramLine(self._config["C"], self._config["wording"], self._config["max_iter"])
        line.fit(
            [one.get(TEXT) for one in examples],
            np.array([self._dense(one) for one in examples]),
            [one.get(INTENT) for one in examples],
        )
        with self._model_storage.write_to(self._resource) as folder:
            line.save(Path(folder))
            self._reading = Reading(Path(folder))
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the intent and the next best guesses (see Rasa)."""
        reading = self._reading
        for message in messages:
            if reading is None or not message.get(TEXT):
                continue
            sure = reading.likelihoods(message.get(TEXT), self._dense(message))
            best = np.argsort(-sure)[:LISTED]
            ranking = [{"name": reading.labels[n], "confidence": float(sure[n])} for n in best]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _dense(self, message: Message) -> Any:
        return np.concatenate([_vector(message), self._config["naming"] * _named(message)])


def _vector(message: Message) -> Any:
    return next(one.features[0] for one in message.features if one.origin == ENCODER)


def _named(message: Message) -> Any:
    """Which kinds of entities a message names, and whether it names several treatments."""
    values: dict[str, set[str]] = {}
    doc = message.get(SPACY_DOC)
    for span in doc.spans.get(SPANS, ()) if doc is not None else ():
        values.setdefault(span.label_, set()).add(span.id_)
    flags = [float(kind in values) for kind in NAMED]
    return np.array([*flags, float(len(values.get("treatment", ())) > 1)])
