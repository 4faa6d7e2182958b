"""The lists of what was handed over (移交清单)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

__all__ = ["Handing"]


class Handing(models.Model):
    """What passed from one holder of a post to the next, or from a unit to its successor. Rows are only ever added."""

    key = models.CharField(max_length=16)
    """A hash of the list: the events of its cases name it."""
    unit = models.ForeignKey("organisation.Unit", on_delete=models.PROTECT, related_name="+")
    """The post's unit, or the one that ended."""
    post = models.ForeignKey("organisation.Post", null=True, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    """The unit that its tasks passed to, where a unit ended."""
    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    day = models.DateField()
    """The successor's first day."""
    items = models.JSONField(default=list)
    """The cases as they stood (`duban.supervision.posts.HandoverItem`)."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.post or self.unit} {self.day}"
