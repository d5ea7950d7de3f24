"""Says in a log where something failed, without a word that a person wrote."""

from __future__ import annotations

import logging
import sys
import traceback
import warnings

import structlog


def where(error: BaseException) -> str:
    """An error's kind and where it came through; its message, which may quote people, stays out."""
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(f"{f.name} ({f.filename}:{f.lineno})" for f in reversed(frames))
    cause = error.__cause__ or error.__context__
    return f"{type(error).__name__} in {places}" + (f", after {where(cause)}" if cause else "")


class WithoutPeople(logging.Formatter):
    """Log lines whose traces name places and kinds of errors only."""

    def formatException(self, info: object) -> str:
        """The trace of an error (see ``logging``)."""
        error = info[1] if isinstance(info, tuple) else None
        return where(error) if isinstance(error, BaseException) else ""


def set_up(level: int = logging.WARNING) -> None:
    """Log to standard error from ``level`` on, for this process's own code and its libraries."""
    warnings.simplefilter("ignore")  # Rasa 3.6's libraries warn about each other
    handler = logging.StreamHandler()
    handler.setFormatter(WithoutPeople("%(asctime)s %(levelname)-8s %(name)s  %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            _drop_exception,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def _drop_exception(
    _: object, __: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Replace an exception, whose text may quote people, by the place it came from."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        event["where"] = where(error)
    return event
