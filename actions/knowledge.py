"""What the actions know: treatments, claims and topics, read from ``data/`` once."""

from __future__ import annotations

from functools import lru_cache

from frontdesk.clinical.clinic import load_library
from frontdesk.clinical.loading import entries
from frontdesk.domain.claim import Library
from frontdesk.domain.treatment import Treatment
from frontdesk.domain.vocabulary import Topic
from frontdesk.settings import data_folder

# The order that settles ties and in which types are listed.
ORDER = ("trigger_point", "deep_tissue", "sports", "swedish", "hot_stone")


@lru_cache(maxsize=1)
def treatments() -> dict[str, Treatment]:
    """All treatments by id, those of the articles first."""
    found = entries(data_folder() / "treatments", Treatment)
    return {name: found[name] for name in (*ORDER, *sorted(set(found) - set(ORDER)))}


@lru_cache(maxsize=1)
def library() -> Library:
    """The articles' claims."""
    return load_library(data_folder())


@lru_cache(maxsize=1)
def topics() -> dict[str, Topic]:
    """What each intent is called on a button."""
    return entries(data_folder() / "topics", Topic)
