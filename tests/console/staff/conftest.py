"""The assistant's store, empty, for screens that look into it."""

from tests.console.conversations.conftest import assistant

__all__ = ["assistant"]
