"""Rounds of the jobs, their parts, and workers."""

from __future__ import annotations

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Worker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=64, unique=True)),
                ("started", models.DateTimeField(default=django.utils.timezone.now)),
                ("heard", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-heard"],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("job", models.CharField(max_length=16)),
                ("slot", models.CharField(max_length=20)),
                ("planned", models.DateTimeField(default=django.utils.timezone.now)),
                ("finished", models.DateTimeField(null=True)),
                ("dropped", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["-planned", "-id"],
                "indexes": [models.Index(fields=["job", "-id"], name="rounds_of_a_job")],
                "constraints": [models.UniqueConstraint(fields=("job", "slot"), name="planned_once")],
            },
        ),
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.BigIntegerField(default=0)),
                ("last", models.BigIntegerField(default=0)),
                ("finished", models.DateTimeField(null=True)),
                ("done", models.PositiveIntegerField(default=0)),
                ("failed", models.PositiveIntegerField(default=0)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="jobs.round"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
    ]
