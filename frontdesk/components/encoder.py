"""Gives each message its sentence vector; the encoder travels inside the model archive."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from frontdesk.clinical import encoder
from frontdesk.clinical.clauses import read_by_meaning
from frontdesk.components.entities import SPACY_DOC
from frontdesk.settings import models_folder

NAME = "SentenceEncoder"
CLAUSES = "clause_vectors"  # of the message and of each of its parts, shape (1 + parts, 384)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceEncoder(GraphComponent):
    """One vector a message, from the network that ``frontdesk.clinical.encoder`` converts."""

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, reader: encoder.SentenceEncoder
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._reader = reader

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceEncoder:
        """Convert the weights when that was not done before (see Rasa)."""
        folder = models_folder() / "encoder"
        encoder.convert(folder)
        return cls(model_storage, resource, encoder.load(folder))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceEncoder:
        """Load the encoder kept in the model archive (see Rasa)."""
        compiled = models_folder() / "encoder" / encoder.COMPILED
        with model_storage.read_from(resource) as folder:
            # read in place: the network is mapped into memory before the archive's folder goes
            return cls(model_storage, resource, encoder.SentenceEncoder(Path(folder), compiled))

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the encoder with the model; it is not changed by our phrases (see Rasa)."""
        with self._model_storage.write_to(self._resource) as folder:
            for name in encoder.FILES:
                shutil.copy(models_folder() / "encoder" / name, Path(folder) / name)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add vectors to the training phrases (see Rasa)."""
        examples = [one for one in training_data.training_examples if one.get(TEXT)]
        vectors = self._reader.encode([one.get(TEXT) for one in examples])
        for example, vector in zip(examples, vectors, strict=True):
            self._add(example, vector)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add vectors to messages, and those of its clauses for the clinical reading (see Rasa)."""
        for message in messages:
            if not message.get(TEXT):
                continue
            doc = message.get(SPACY_DOC)
            vectors = self._reader.encode(read_by_meaning(doc) if doc else [message.get(TEXT)])
            self._add(message, vectors[0])
            message.set(CLAUSES, vectors)
        return messages

    @staticmethod
    def _add(message: Message, vector: Any) -> None:
        message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, NAME))
