"""The index of words that staff search in: FTS5 on SQLite, GIN on PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db import migrations

SQLITE = (
    "CREATE VIRTUAL TABLE conversations_search USING fts5("
    "masked, content='conversations_message', content_rowid='event', tokenize='porter unicode61')",
    "CREATE TRIGGER conversations_search_added AFTER INSERT ON conversations_message BEGIN "
    "INSERT INTO conversations_search(rowid, masked) VALUES (new.event, new.masked); END",
    "CREATE TRIGGER conversations_search_removed AFTER DELETE ON conversations_message BEGIN "
    "INSERT INTO conversations_search(conversations_search, rowid, masked) "
    "VALUES ('delete', old.event, old.masked); END",
    "CREATE TRIGGER conversations_search_changed "
    "AFTER UPDATE OF masked ON conversations_message BEGIN "
    "INSERT INTO conversations_search(conversations_search, rowid, masked) "
    "VALUES ('delete', old.event, old.masked); "
    "INSERT INTO conversations_search(rowid, masked) VALUES (new.event, new.masked); END",
)
POSTGRESQL = (
    "CREATE INDEX conversations_search ON conversations_message "
    "USING gin (to_tsvector('english', masked))",
)


def build(apps: Any, editor: Any) -> None:
    """Make the index of this kind of database."""
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Adds the index."""

    dependencies = [("conversations", "0001_conversations")]
    operations = [migrations.RunPython(build, migrations.RunPython.noop)]
