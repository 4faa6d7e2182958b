"""What is published of a case, and who decided so."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["Publication", "PublishingAct"]


class Publication(models.Model):
    """What the office lets everybody read of a case. Words are copies made then: what a unit writes later is not public."""

    case = models.OneToOneField("cases.Case", on_delete=models.PROTECT, related_name="publication")
    is_open = models.BooleanField(default=True)
    """Whether it is public now; a withdrawn one keeps its words for the office."""
    parts = models.JSONField(default=list)
    """Which of `service.Show` are shown besides the wording."""
    wording = models.CharField(max_length=500)
    progress = models.CharField(max_length=2000, blank=True)
    progress_day = models.DateField(null=True)
    answer = models.TextField(max_length=10_000, blank=True)
    source = models.CharField(max_length=200, blank=True)
    """The title of the report that it was promised in."""
    section = models.CharField(max_length=300, blank=True)
    order = models.PositiveIntegerField(default=0)
    """Where in the report it stands."""
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-source", "order", "id"]
        indexes: ClassVar = [models.Index(fields=["is_open", "source", "order"], name="published_in_order")]

    def __str__(self) -> str:
        return self.wording


class PublishingAct(models.Model):
    """A decision on what is public. Rows are only ever added."""

    class Act(models.TextChoices):
        PUBLISH = "publish", _("published")
        WITHDRAW = "withdraw", _("withdrawn from the public page")

    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=16, choices=Act.choices)
    shown = models.JSONField(default=dict)
    """What everybody could read from then on."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["case", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.act} {self.at:%F}"
