"""Three branches of changes come together."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_appeals_counted"), ("cases", "0004_board"), ("cases", "0004_papers")]

    operations = []
