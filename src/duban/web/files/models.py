"""What is known of a kept file. Its bytes lie in the media folder under their hash."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

__all__ = ["StoredFile"]


class StoredFile(models.Model):
    """One upload. Two of the same bytes share them. Rows are never changed."""

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    """As its owner called it, without folders and without what a file name cannot hold."""
    kind = models.CharField(max_length=8)
    """What its bytes are: a key of `kinds.yaml`."""
    purpose = models.CharField(max_length=16)
    """What it was brought for: report, roster, evidence. Who may read it follows from that."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return self.name
