"""What the actions know: treatments, claims and topics, read from ``data/`` once."""

from __future__ import annotations

from functools import lru_cache

from frontdesk.clinical.clinic import load_clinic, load_library
from frontdesk.clinical.conditions import load_conditions
from frontdesk.clinical.loading import entries
from frontdesk.domain.claim import Library
from frontdesk.domain.clinic import Clinic
from frontdesk.domain.condition import Condition
from frontdesk.domain.treatment import COVERED, Treatment
from frontdesk.domain.vocabulary import Topic
from frontdesk.settings import data_folder


@lru_cache(maxsize=1)
def treatments() -> dict[str, Treatment]:
    """All treatments by id, those of the articles first."""
    found = entries(data_folder() / "treatments", Treatment)
    return {name: found[name] for name in (*COVERED, *sorted(set(found) - set(COVERED)))}


@lru_cache(maxsize=1)
def library() -> Library:
    """The articles' claims."""
    return load_library(data_folder())


@lru_cache(maxsize=1)
def conditions() -> dict[str, Condition]:
    """All conditions and red flags by id."""
    return load_conditions(data_folder())


@lru_cache(maxsize=1)
def clinic() -> Clinic:
    """The clinic's own facts."""
    return load_clinic(data_folder())


@lru_cache(maxsize=1)
def _facts() -> dict[str, str]:
    return clinic().words()


def filled(text: str) -> str:
    """Clinical advice with the clinic's own numbers in it."""
    return text.format_map(_facts())


@lru_cache(maxsize=1)
def topics() -> dict[str, Topic]:
    """What each intent is called on a button."""
    return entries(data_folder() / "topics", Topic)
