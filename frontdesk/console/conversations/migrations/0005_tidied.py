"""What nothing reads any more goes."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    """Removes an index and a column; neither makes SQLite write the table anew."""

    dependencies = [("conversations", "0004_words")]
    operations = [
        migrations.RemoveIndex(model_name="message", name="message_doubted"),
        migrations.RemoveField(model_name="conversation", name="misunderstood"),
    ]
