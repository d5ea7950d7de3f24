"""Keeps expected refusals to one line in the log."""

from __future__ import annotations

import logging


class OneLine(logging.Filter):
    """Drops the trace of what is no fault of ours, such as a request for a foreign host name."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record (see logging), without its trace."""
        record.exc_info = None
        record.exc_text = None
        return True
