"""Tells "I don't understand" from "not our subject" when the classifier is in doubt."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from frontdesk.components.intents import LinearIntentClassifier

OUT_OF_SCOPE = "out_of_scope"
NOT_UNDERSTOOD = "nlu_fallback"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DoubtfulIntent(GraphComponent, IntentClassifier):
    """Replaces a doubtful intent by ``out_of_scope`` or ``nlu_fallback``.

    The guess stays second in the ranking, so that a reply may ask "did you mean ...?".
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """Needs a ranking (see Rasa)."""
        return [LinearIntentClassifier]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Settings and their usual values (see Rasa).

        ``strange``: from this likelihood of being out of scope a message is taken as such;
        ``unsure``: below this confidence an intent is not acted on.
        """
        return {"strange": 0.25, "unsure": 0.22}

    def __init__(self, config: dict[str, Any]) -> None:
        self._strange = float(config["strange"])
        self._unsure = float(config["unsure"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DoubtfulIntent:
        """A new step; there is nothing to train (see Rasa)."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Replace doubtful intents (see Rasa)."""
        for message in messages:
            ranking = message.get(INTENT_RANKING_KEY) or []
            if not message.get(TEXT):
                continue
            has_words = _has_words(message.get(TEXT))
            ranking = ranking if has_words else []  # a guess at "?!?!" would be no help
            verdict = self.verdict(ranking, has_words=has_words)
            if verdict:
                doubtful = {"name": verdict, "confidence": 1.0 - _sureness(ranking)}
                rest = [guess for guess in ranking if guess["name"] != verdict]
                message.set(INTENT, doubtful, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [doubtful, *rest], add_to_output=True)
        return messages

    def verdict(self, ranking: list[dict[str, Any]], *, has_words: bool) -> str:
        """What to take the message for instead of the first guess, or nothing to keep it."""
        if not has_words or not ranking:
            return NOT_UNDERSTOOD
        if ranking[0]["name"] == OUT_OF_SCOPE:
            return ""
        strange = next((g["confidence"] for g in ranking if g["name"] == OUT_OF_SCOPE), 0.0)
        if strange >= self._strange:
            return OUT_OF_SCOPE
        return NOT_UNDERSTOOD if _sureness(ranking) < self._unsure else ""


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text) or _is_gesture(text)


def _is_gesture(text: str) -> bool:
    """A thumbs up or down, a wave: emoji that answer like a word."""
    return any(sign in text for sign in "👍👎👋🙏👌✅❌🆗🙌❤")


def _sureness(ranking: list[dict[str, Any]]) -> float:
    return float(ranking[0]["confidence"]) if ranking else 0.0
