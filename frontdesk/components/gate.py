"""Makes an asserted red flag the intent of a message, whatever else it is about."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from frontdesk.components.health import HealthReader
from frontdesk.components.intents import RED_FLAG

ASSERTED = ("present", "possible")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class SafetyGate(GraphComponent, IntentClassifier):
    """Sets ``report_red_flag`` when a red flag is stated of the client."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs what is said of health (see Rasa)."""
        return [HealthReader]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SafetyGate:
        """A new step; there is nothing to train (see Rasa)."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Change the intent where a red flag comes first (see Rasa)."""
        for message in messages:
            if not message.get(TEXT) or not any(map(is_alarm, message.get(ENTITIES, []))):
                continue
            first = {"name": RED_FLAG, "confidence": 1.0}
            ranking = [first, *(message.get(INTENT_RANKING_KEY) or [])]
            message.set(INTENT, first, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def is_alarm(entity: dict[str, Any]) -> bool:
    """Whether an entity is a red flag that counts now: the client's, and no question first."""
    return bool(
        entity.get("entity") == "red_flag"
        and entity.get("assertion") in ASSERTED
        and entity.get("subject") == "client"
        and not entity.get("asks")
    )
