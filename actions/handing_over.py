"""Where the actions put conversations that need a person."""

from __future__ import annotations

from functools import lru_cache

from frontdesk.domain.handoff import HandoffQueue
from frontdesk.gateways.handoffs import HandoffTable
from frontdesk.settings import database_url


@lru_cache(maxsize=1)
def queue() -> HandoffQueue:
    """The hand-off queue of this clinic."""
    return HandoffTable(database_url())
