"""Reads treatments, pain areas, causes and pressures out of a message."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.utils.spacy_utils import SpacyNLP
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

# importing language tells spaCy of all our steps, before it loads a pipeline that has them
from frontdesk.clinical import language
from frontdesk.clinical.vocabulary import DOUBTFUL, HEALTH, HINT, SPANS

assert language.MARK

SPACY_DOC = "text_spacy_doc"
# Whether a health word counts, and how, is for the clinical reading to say.
OTHERS = (*HEALTH, HINT, DOUBTFUL)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class VocabularyExtractor(GraphComponent, EntityExtractorMixin):
    """Turns what our spaCy pipeline found into Rasa entities, all but health."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs spaCy's document (see Rasa)."""
        return [SpacyNLP]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VocabularyExtractor:
        """A new step; there is nothing to train (see Rasa)."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to each message (see Rasa)."""
        for message in messages:
            doc = message.get(SPACY_DOC)
            if doc is not None and message.get(TEXT):
                spans = [span for span in doc.spans.get(SPANS, ()) if span.label_ not in OTHERS]
                found = [_entity(span) for span in spans]
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def _entity(span: Any) -> dict[str, Any]:
    return {
        "entity": span.label_,
        "value": span.id_,
        "start": span.start_char,
        "end": span.end_char,
        "extractor": "VocabularyExtractor",
    }
