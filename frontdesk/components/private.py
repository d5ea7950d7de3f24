"""Marks the personal parts of a message, so that staff see it without them."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.utils.spacy_utils import SpacyNLP
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from frontdesk.clinical.names import Names, load_names
from frontdesk.clinical.people import find_people
from frontdesk.clinical.vocabulary import SPANS
from frontdesk.settings import data_folder

PRIVATE = "private"
SPACY_DOC = "text_spacy_doc"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class PrivateParts(GraphComponent):
    """Puts ``private`` into the parsed message: a list of [start, end, kind], for names.

    Everything else that is personal is found by its form, whenever a text is masked; names need
    what the pipeline knows of a message: "Baker's cyst" and "Swedish" are nobody.
    """

    def __init__(self, names: Names) -> None:
        self._names = names

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
    ) -> PrivateParts:
        """A new step; there is nothing to train (see Rasa)."""
        return cls(load_names(data_folder()))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the places to each message (see Rasa)."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                doc = message.get(SPACY_DOC)
                named = doc.spans.get(SPANS, ()) if doc is not None else ()
                avoid = [(span.start_char, span.end_char) for span in named]
                found = find_people(text, self._names, avoid)
                places = [[span.start, span.end, span.kind.value] for span in found]
                message.set(PRIVATE, places, add_to_output=True)
        return messages
