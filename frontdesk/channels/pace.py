"""How often one visitor and one address may write, so that a flood slows nobody else."""

from __future__ import annotations

import math
import time

from limits import parse_many
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from frontdesk.domain.errors import FrontdeskError


class TooMany(FrontdeskError):
    """More than the limit; ``wait`` is the number of seconds until the next try."""

    code = "too_many"

    def __init__(self, wait: int) -> None:
        self.wait = wait
        super().__init__(f"over the limit, wait {wait} s")


class Pace:
    """One limit, such as ``"8 per 10 second; 30 per minute"``, counted per key."""

    def __init__(self, limit: str, redis_url: str = "") -> None:
        # kept here because the limiter holds its storage weakly
        self._storage = storage_from_string(redis_url or "memory://")
        self._limiter = MovingWindowRateLimiter(self._storage)
        self._items = parse_many(limit)

    def take(self, what: str, who: str) -> None:
        """Count one more.

        Raises:
            TooMany: when that is more than the limit allows.
        """
        for item in self._items:
            if not self._limiter.hit(item, what, who):
                free_at = self._limiter.get_window_stats(item, what, who)[0]
                raise TooMany(max(1, math.ceil(free_at - time.time())))
