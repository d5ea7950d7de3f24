"""The table of receipts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds it."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("conversation", "A conversation erased"),
                            ("contact", "A person erased"),
                            ("purge", "Old data deleted"),
                        ],
                        max_length=12,
                    ),
                ),
                ("subject", models.CharField(blank=True, db_index=True, max_length=64)),
                ("by", models.CharField(max_length=150)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(auto_now_add=True)),
                ("conversations", models.PositiveIntegerField(default=0)),
                ("removed", models.JSONField(default=dict)),
                ("problems", models.JSONField(default=dict)),
                ("pending", models.JSONField(default=dict)),
            ],
            options={
                "ordering": ["-ended_at", "-pk"],
                "permissions": [("erase_person", "Can export and erase what is kept of a person")],
                "default_permissions": ("view",),
            },
        ),
    ]
