"""On PostgreSQL the words of each message are kept, not found anew whenever it is looked at."""

from __future__ import annotations

from typing import Any

from django.db import migrations

POSTGRESQL = (
    "DROP INDEX conversations_search",
    "ALTER TABLE conversations_message ADD COLUMN words tsvector "
    "GENERATED ALWAYS AS (to_tsvector('english', masked)) STORED",
    "CREATE INDEX conversations_search ON conversations_message USING gin (words)",
)


def keep(apps: Any, editor: Any) -> None:
    """Add the column and the index of it."""
    if editor.connection.vendor == "postgresql":
        for statement in POSTGRESQL:
            editor.execute(statement)


class Migration(migrations.Migration):
    """Adds the column."""

    dependencies = [("conversations", "0003_handovers")]
    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
