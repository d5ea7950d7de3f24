"""Reads what a message says of somebody's health; its rules travel inside the model archive."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import spacy
import structlog
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from frontdesk.clinical import encoder, language, meanings
from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.modifiers import load_modifiers
from frontdesk.clinical.reading import Reader, Reading
from frontdesk.components.encoder import CLAUSES, SentenceEncoder
from frontdesk.components.entities import SPACY_DOC
from frontdesk.domain.errors import FrontdeskError
from frontdesk.domain.finding import Clearance
from frontdesk.log import where
from frontdesk.settings import data_folder, models_folder

# What the reading is made of, as kept in the archive.
RULES = ("conditions", "modifiers", "treatments")
LEARNED, MARK = "meanings", "reading.txt"
FAILED = "reading_failed"  # set on a message whose health statements could not be read

log = structlog.get_logger()


class ReadingOutOfStep(FrontdeskError):
    """The spaCy pipeline under models/ is not the one this model was trained with."""

    code = "reading_out_of_step"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class HealthReader(GraphComponent, EntityExtractorMixin):
    """Adds ``condition`` and ``red_flag`` entities with ``assertion`` and ``subject``."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs the vectors of clauses (see Rasa)."""
        return [SentenceEncoder]

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, folder: Path | None = None
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        # made at the start, and not by the first visitor's message
        self._reader = None if folder is None else _reader(folder)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> HealthReader:
        """A new step (see Rasa)."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> HealthReader:
        """Read the rules kept in the model archive (see Rasa).

        Raises:
            ReadingOutOfStep: the words under ``models/reading`` are others than at the training.
        """
        with model_storage.read_from(resource) as folder:
            kept = Path(folder)
            trained = (kept / MARK).read_text(encoding="ascii")
            if trained != _built_mark():
                raise ReadingOutOfStep(
                    "models/reading was built from other words than this model; run `make train`"
                )
            return cls(model_storage, resource, kept)

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the rules and what the second reader learned with the model (see Rasa)."""
        data, learned = data_folder(), models_folder() / LEARNED
        meanings.learn_if_stale(data, encoder.load(models_folder() / "encoder"), learned)
        with self._model_storage.write_to(self._resource) as folder:
            kept = Path(folder)
            for name in RULES:
                shutil.copytree(data / name, kept / name)
            shutil.copytree(learned, kept / LEARNED)
            (kept / MARK).write_text(_built_mark(), encoding="ascii")
            self.__init__(self._model_storage, self._resource, kept)  # type: ignore[misc]
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training phrases need no findings (see Rasa)."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to each message; never let a failure pass for "nothing said"."""
        for message in messages:
            if not message.get(TEXT):
                continue
            try:
                reading = self._read(message)
            except Exception as error:
                log.error("clinical.failed", where=where(error))
                message.set(FAILED, True, add_to_output=True)
                continue
            found = _entities(reading)
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _read(self, message: Message) -> Reading:
        assert self._reader is not None
        return self._reader.read(message.get(SPACY_DOC), message.get(CLAUSES))


def _reader(folder: Path) -> Reader:
    """The reader with the rules of a folder, which are cut into words as messages are."""
    conditions, modifiers = load_conditions(folder), load_modifiers(folder)
    learned = meanings.Meanings.load(folder / LEARNED)
    return Reader(spacy.blank("en"), conditions, modifiers, learned)


def _built_mark() -> str:
    return (models_folder() / "reading" / language.MARK).read_text(encoding="ascii")


def _entities(reading: Reading) -> list[dict[str, Any]]:
    entities = []
    for finding, (start, end) in zip(reading.findings, reading.places, strict=True):
        entity: dict[str, Any] = {
            "entity": "red_flag" if finding.id.startswith("rf_") else "condition",
            "value": finding.id,
            "start": start,
            "end": end,
            "assertion": finding.assertion.value,
            "subject": finding.subject.value,
            "sureness": float(finding.sureness),
            "reader": finding.reader,
            "extractor": "HealthReader",
        }
        if finding.is_doubtful:
            entity["asks"] = True
        if finding.clearance is not Clearance.NONE:
            entity["clearance"] = finding.clearance.value
        if reading.is_corrected:
            entity["corrects"] = True
        entities.append(entity)
    return entities
