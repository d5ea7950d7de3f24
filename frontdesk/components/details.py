"""Reads when somebody wants to come and how to reach them, for a booking."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from frontdesk.clinical.clinic import load_clinic
from frontdesk.clinical.contacts import details, region_of
from frontdesk.clinical.loading import entries
from frontdesk.clinical.modifiers import load_modifiers
from frontdesk.clinical.moments import WEEK, Times, load_times
from frontdesk.domain.booking import as_reference
from frontdesk.domain.treatment import Treatment
from frontdesk.settings import data_folder

TIME, TIME_PROBLEM, MINUTES = "time", "time_problem", "minutes"
BENEFICIARY, REFERENCE, DIGITS = "beneficiary", "reference", "digits"
PEOPLE = "people"  # the modifier with the words for them
_DIGITS = re.compile(
    r"(?:(?:ends?|ending|digits?|last)\D{0,20}|^\W*)(\d{4})(?=\W*$|\W+(?:and|for|please|thanks))"
)
_LENGTH = re.compile(
    r"\b(\d{2,3})[\s-]*(?:min|mins|minute|minutes|m)\b|\b(an|one|1)\s*(?:hour|hr)\b"
)
_HALVES = (
    (re.compile(r"\b(?:half an hour|half hour|half-hour)\b"), 30),
    (re.compile(r"\b(?:hour and a half|1\.5 hours?|an hour and a half|hour and half)\b"), 90),
)
# Words after "I'm" or "this is" that are nobody's name.
NO_NAMES = frozenset(
    [
        *WEEK,
        "not",
        "a",
        "an",
        "the",
        "in",
        "on",
        "at",
        "my",
        "for",
        "about",
        "free",
        "fine",
        "okay",
        "ok",
        "good",
        "very",
        "so",
        "just",
        "still",
        "also",
        "and",
        "but",
        "is",
        "it",
        "urgent",
        "i",
        "pregnant",
        "sorry",
        "really",
        "getting",
        "looking",
        "new",
        "here",
        "back",
        "what",
        "how",
    ]
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DetailReader(GraphComponent, EntityExtractorMixin):
    """Adds ``time``, ``minutes``, ``person_name``, ``email`` and ``phone_number`` entities.

    A ``time`` says with ``has_day`` and ``has_clock`` which of the two was given. What looks like
    a time, number or address and cannot be one becomes ``time_problem``, ``wrong_phone`` or
    ``wrong_email``.
    """

    def __init__(
        self, times: Times, region: str, no_names: frozenset[str], people: Iterable[str]
    ) -> None:
        self._times, self._region, self._no_names = times, region, no_names
        words = "|".join(re.escape(one) for one in sorted(people, key=len, reverse=True))
        self._for_whom = re.compile(
            rf"\b(?:for|book|fit|get|put|bring|bringing|treat|sign up|schedule|squeeze)\s+"
            rf"(?:in\s+)?(?:my|our)\s+({words})\b"
        )

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DetailReader:
        """A new step; there is nothing to train (see Rasa)."""
        data = data_folder()
        clinic = load_clinic(data)
        called = {
            word
            for one in entries(data / "treatments", Treatment).values()
            for phrase in one.also_called
            for word in phrase.lower().split()
        }
        names = NO_NAMES | frozenset(called)
        people = load_modifiers(data)[PEOPLE].phrases
        times = load_times(data, clinic)
        times.read("tomorrow")  # loads dateparser now, and not with the first visitor
        return cls(times, region_of(clinic.phone_link), names, people)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to each message (see Rasa)."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                found = self.read(text)
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def read(self, text: str) -> list[dict[str, Any]]:
        """The entities of a text."""
        found = []
        rest = text
        reference = as_reference(text)
        if reference:
            found.append(_entity(REFERENCE, reference, 0, len(text)))
            rest = rest.replace(reference, " " * len(reference))
        digits = _DIGITS.search(rest.lower())
        if digits:
            found.append(_entity(DIGITS, digits.group(1), *digits.span(1)))
        for_whom = self._for_whom.search(text.lower())
        if for_whom:
            found.append(_entity(BENEFICIARY, for_whom.group(1), *for_whom.span(1)))
        for one in details(rest, self._region, self._no_names):
            found.append(_entity(one.kind, one.value or "unreadable", one.start, one.end))
            rest = rest[: one.start] + " " * (one.end - one.start) + rest[one.end :]
        minutes = _minutes(rest.lower())
        if minutes:
            found.append(_entity(MINUTES, str(minutes), 0, len(text)))
        when = self._times.read(rest)
        for moment in when.moments:
            entity = _entity(TIME, moment.as_text(), 0, len(text))
            found.append(entity | {"has_day": moment.has_day, "has_clock": moment.has_clock})
        if when.problem:
            found.append(_entity(TIME_PROBLEM, when.problem, 0, len(text)))
        return found


def _minutes(text: str) -> int:
    for pattern, minutes in _HALVES:
        if pattern.search(text):
            return minutes
    match = _LENGTH.search(text)
    if not match:
        return 0
    return int(match.group(1)) if match.group(1) else 60


def _entity(kind: str, value: str, start: int, end: int) -> dict[str, Any]:
    return {
        "entity": kind,
        "value": value,
        "start": start,
        "end": end,
        "extractor": "DetailReader",
    }
