"""A report as it was read, its commitments as they stand, and every decision on them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["Commitment", "Decision", "Report"]


class Report(models.Model):
    """A report: the file it came in, and the text exactly as read. Offsets everywhere are characters of `text`."""

    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    """Of the text's UTF-8: a report is brought once."""
    document = models.JSONField()
    """Blocks and sections, as `duban.documents` read them."""
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    reader = models.CharField(max_length=40)
    """The version of Duban that read it."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-year", "-at"]

    def __str__(self) -> str:
        return self.title


class Commitment(models.Model):
    """A piece of the text that promises something: `report.text[start:end]`.

    The span never changes; a merge or a split makes new ones that take the place of the old.
    """

    class State(models.TextChoices):
        OPEN = "open", _("to review")
        ACCEPTED = "accepted", _("accepted")
        DROPPED = "dropped", _("dropped")
        REPLACED = "replaced", _("replaced")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="commitments")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    section = models.PositiveIntegerField()
    """Index into the document's sections."""
    wording = models.CharField(max_length=500)
    """What the task will be called: the quotation, until somebody puts it better."""
    work_type = models.CharField(max_length=16, default="task")
    """What sort of case it would be: task, livelihood, inspection."""
    due = models.DateField(null=True)
    """The day by which, as the text says; else the end of the year or of the plan."""
    figures = models.JSONField(default=list)
    """Its target figures, as records; `target`: what a case is to reach by each."""
    origin = models.CharField(max_length=8, default="read")
    """read, merge, split or hand."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    replaced_by = models.ManyToManyField("self", symmetrical=False, related_name="replaces")
    version = models.PositiveIntegerField(default=1)
    """Counts its decisions: who decides on an older one than there is was slower than somebody else."""

    class Meta:
        ordering: ClassVar = ["start", "end", "id"]
        indexes: ClassVar = [
            models.Index(fields=["report", "state"], name="commitments_by_state"),
            models.Index(fields=["wording", "id"], name="commitments_by_wording"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="a_span_holds_something"
            ),
        ]

    def __str__(self) -> str:
        return self.wording

    @property
    def quote(self) -> str:
        """The characters of the report that it rests on."""
        return self.report.text[self.start : self.end]


class Decision(models.Model):
    """What somebody decided on a commitment. Rows are only ever added."""

    class Act(models.TextChoices):
        ACCEPT = "accept", _("accepted")
        DROP = "drop", _("dropped")
        REOPEN = "reopen", _("taken up again")
        EDIT = "edit", _("reworded")
        MERGE = "merge", _("merged")
        SPLIT = "split", _("split")
        ADD = "add", _("added by hand")

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="decisions")
    act = models.CharField(max_length=8, choices=Act.choices)
    reason = models.CharField(max_length=300, blank=True)
    before = models.CharField(max_length=500, blank=True)
    """The wording before it was reworded."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.commitment_id}"
