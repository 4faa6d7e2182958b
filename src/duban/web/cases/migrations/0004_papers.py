"""Checkpoints of the log, in the audit log's view too; events by what they are."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models

_EVENTS = "CREATE VIEW audit_log AS SELECT record FROM cases_caseevent ORDER BY case_id, seq"
_BOTH = (
    "CREATE VIEW audit_log AS SELECT record FROM cases_caseevent"
    " UNION ALL SELECT record FROM cases_logcheckpoint"
)
_DROP = "DROP VIEW audit_log"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LogCheckpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(unique=True)),
                ("at", models.DateTimeField()),
                ("record", models.JSONField()),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(fields=["act", "at"], name="events_by_act"),
        ),
        migrations.RunSQL([_DROP, _BOTH], [_DROP, _EVENTS]),
    ]
