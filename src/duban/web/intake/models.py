"""What was received as it was received. Who asked stands here alone: events, which are kept for ever, name a number."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["Attempt", "Batch", "Submission", "SubmissionFile"]


class Batch(models.Model):
    """A workbook of proposals that was brought; its check is done anew whenever it is looked at."""

    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    received = models.DateField()
    """The day on which the papers came."""
    session = models.CharField(max_length=40)
    """The session that they are of; with it a number is told from last year's."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    applied = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.file} {self.session}"


class Submission(models.Model):
    """What somebody asked for: their words, who they are, when and how it came, and what was decided on it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be looked at")
        REGISTERED = "registered", _("registered")
        DECLINED = "declined", _("declined")

    class Channel(models.TextChoices):
        PAPER = "paper", _("letter or paper")
        VISIT = "visit", _("in person")
        TELEPHONE = "telephone", _("telephone")
        MEETING = "meeting", _("at a meeting")
        ABOVE = "above", _("passed on to us")
        ONLINE = "online", _("public form")

    work_type = models.CharField(max_length=16)
    kind = models.CharField(max_length=16, blank=True)
    session = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=40, blank=True)
    """The number that whoever sent it gave it: 第12号."""
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    applicant = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=16, choices=Channel.choices)
    received = models.DateTimeField()
    """When it was received; on paper that may be days before it was typed in."""
    state = models.CharField(max_length=16, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=1000, blank=True)
    """Why it was declined; whoever asked is told."""
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided = models.DateTimeField(null=True)
    case = models.OneToOneField("cases.Case", null=True, on_delete=models.PROTECT, related_name="submission")
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, related_name="submissions")
    receipt = models.CharField(max_length=16, unique=True)
    """What whoever asked names it by."""
    code = models.CharField(max_length=64, blank=True)
    """The hash of the code that opens it to whoever asked; empty where none was given out."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-received", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["work_type", "kind", "session", "number"],
                condition=~Q(number=""),
                name="a_number_of_a_session_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "received"], name="submissions_waiting"),
            models.Index(fields=["work_type", "applicant"], name="submissions_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.receipt} {self.title}"

    @property
    def reference(self) -> str:
        """What events name whoever asked by."""
        return f"submission/{self.pk}"


class SubmissionFile(models.Model):
    """A file that came with it; once it is registered, a file of the case."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.submission_id} {self.file_id}"


class Attempt(models.Model):
    """That an address sent something in, or tried a code: what limits are counted by. Kept for a day."""

    class What(models.TextChoices):
        SENT = "sent"
        WRONG_CODE = "wrong_code"

    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=16, choices=What.choices)
    address = models.CharField(max_length=64)
    receipt = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["what", "address", "at"], name="attempts_of_an_address"),
            models.Index(fields=["what", "receipt", "at"], name="attempts_at_a_receipt"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.what} {self.address}"
