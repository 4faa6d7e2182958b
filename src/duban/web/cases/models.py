"""A case's events, which are what is true of it, and a projection of them, which can be made anew at any time."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

__all__ = ["Case", "CaseEvent", "CaseFile", "LogCheckpoint"]


class Case(models.Model):
    """A case as its events made it. But for what it is and where it comes from, every field is a projection."""

    key = models.CharField(max_length=24, unique=True)
    """What people call it, and what its events name it by: 2026-00137."""
    work_type = models.CharField(max_length=16)
    registered = models.DateField()
    """The rules of this day hold for it."""
    commitment = models.OneToOneField(
        "reports.Commitment", null=True, on_delete=models.PROTECT, related_name="case"
    )

    title = models.CharField(max_length=500)
    stage = models.CharField(max_length=16)
    lead = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="leads")
    co = models.ManyToManyField("organisation.Unit", related_name="has_part_in")
    due = models.DateTimeField(null=True)
    """The end of its main clock as it is now; null while none runs."""
    asked = models.BooleanField(default=False)
    """Whether an extension or a refusal waits for a decision."""
    light = models.CharField(max_length=8, blank=True)
    """The worst of its lights when it was last looked at."""
    lights = models.JSONField(default=dict)
    """The evaluation whole (`duban.supervision.light.Lights`): lights, reasons, versions, as of."""
    meets = models.CharField(max_length=200, default="")
    """The conditions that it is counted by in rates (`duban.supervision.tally.meets`), each between blanks."""
    state = models.JSONField(default=dict)
    seq = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    evaluated = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["key"]
        indexes: ClassVar = [
            models.Index(fields=["lead", "stage", "due"], name="cases_of_a_unit"),
            models.Index(fields=["stage", "light", "due"], name="cases_by_light"),
            models.Index(fields=["light", "due", "key"], name="cases_worst_first"),
            models.Index(fields=["due", "key"], name="cases_due_first"),
            models.Index(fields=["asked"], condition=models.Q(asked=True), name="cases_to_decide"),
            models.Index(fields=["title", "id"], name="cases_by_title"),
            # All that the board counts by, so that it counts in the index and leaves the wide rows alone.
            models.Index(
                fields=["stage", "work_type", "light", "lead", "asked", "due"], name="cases_as_counted"
            ),
            models.Index(fields=["work_type", "due", "key"], name="cases_of_a_type"),
            models.Index(fields=["work_type", "registered", "meets"], name="cases_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.title}"


class CaseEvent(models.Model):
    """An event exactly as supervision knows it. The database refuses to change or delete a row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    act = models.CharField(max_length=16)
    at = models.DateTimeField()
    recorded = models.DateTimeField()
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    record = models.JSONField()
    """The event whole (`duban.supervision.model.Event`): what its hash is of."""
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["case", "seq"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "seq"], name="one_event_at_a_place"),
        ]
        indexes: ClassVar = [models.Index(fields=["act", "at"], name="events_by_act")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.seq} {self.act}"


class CaseFile(models.Model):
    """A file that was brought to a case: who may see the case may read it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "file"], name="a_file_of_a_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.file_id}"


class LogCheckpoint(models.Model):
    """What the log held at a moment (`duban.supervision.chain.Checkpoint`). Rows are only ever added."""

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    record = models.JSONField()

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.at:%F %T}"
