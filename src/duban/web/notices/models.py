"""Notices, the mails that go out with them, and what each person wishes to be told, and how."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["Letter", "Notice", "Wishes"]


class Notice(models.Model):
    """Something that one person is told once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=16)
    """A key of `kinds.yaml`."""
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    """What makes it the same notice: the case and the event, or the day that it is about."""
    facts = models.JSONField(default=dict)
    """What its sentence speaks of, as words or keys of words: unit, who, act, day, text."""
    at = models.DateTimeField(default=timezone.now)
    read = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["user", "read", "-at"], name="notices_of_a_person")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.key}"


class Letter(models.Model):
    """A mail that is to go out, or has: one about a notice, or a day's notices in one."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("given up")
        UNSURE = "unsure", _("may have been sent")
        """Whoever sent it was stopped in the middle: it is not sent again."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="letters")
    key = models.CharField(max_length=120)
    notices = models.ManyToManyField(Notice, related_name="letters")
    made = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField(default=timezone.now)
    """When it is tried next."""
    claimed = models.DateTimeField(null=True)
    sent = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["due", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="letters_by_state")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="written_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key} {self.state}"


class Wishes(models.Model):
    """How somebody wishes to be told. Who has said nothing is told as `kinds.yaml` says."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="wishes")
    ways = models.JSONField(default=dict)
    """app, mail (the app too) or none, by kind."""
    language = models.CharField(max_length=8, blank=True)
    digest = models.BooleanField(default=False)
    """Whether mails are gathered into one a day."""
    feed = models.CharField(max_length=64, blank=True)
    """The sha256 of the secret in the calendar's address; the secret itself is kept nowhere."""
    feed_made = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feed"], condition=~models.Q(feed=""), name="a_feed_of_one")
        ]

    def __str__(self) -> str:
        return str(self.user_id)
