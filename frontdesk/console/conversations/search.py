"""Finds conversations by words in their masked messages."""

from __future__ import annotations

from django.db import connection

MOST = 2000  # of the newest messages with the words
_SQLITE = (
    "SELECT m.conversation_id FROM conversations_search s "
    "JOIN conversations_message m ON m.event = s.rowid "
    "WHERE conversations_search MATCH %s ORDER BY s.rowid DESC LIMIT %s"
)
_POSTGRESQL = (
    "SELECT conversation_id FROM conversations_message "
    "WHERE words @@ plainto_tsquery('english', %s) "
    "ORDER BY event DESC LIMIT %s"
)


def with_words(text: str) -> list[int]:
    """The conversations whose newest messages hold all these words, newest first."""
    words = text.replace('"', " ").replace("\x00", " ").split()
    if not words:
        return []
    is_sqlite = connection.vendor == "sqlite"
    asked = " ".join(f'"{word}"' for word in words) if is_sqlite else " ".join(words)
    with connection.cursor() as cursor:
        cursor.execute(_SQLITE if is_sqlite else _POSTGRESQL, [asked, MOST])
        return list(dict.fromkeys(row[0] for row in cursor.fetchall()))
