"""Templates that a city put in the place of ours, and workbooks that units filled in."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

__all__ = ["ProgressBook", "Template"]


class Template(models.Model):
    """A template that was brought and found good. The latest of a paper is used, unless it was put aside."""

    paper = models.CharField(max_length=16)
    """A key of `papers.yaml`."""
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    aside = models.DateTimeField(null=True)
    """When it was put aside: ours, or a later one, is used instead."""

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.paper} {self.at:%F}"


class ProgressBook(models.Model):
    """A workbook of progress that was brought; its check is done anew whenever it is looked at."""

    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    applied = models.DateTimeField(null=True)
    count = models.PositiveIntegerField(default=0)
    """How many events were made of it."""

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.file_id} {self.at:%F}"
