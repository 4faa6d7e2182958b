"""Rounds of the jobs, the parts they are done in, and who works on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

__all__ = ["Part", "Round", "Worker"]


class Round(models.Model):
    """One time that a job is due: a day, an hour, a minute. There is one row for each, whoever plans it."""

    job = models.CharField(max_length=16)
    slot = models.CharField(max_length=20)
    """2026-11-26, 2026-11-26T09, 2026-11-26T09:31."""
    planned = models.DateTimeField(default=timezone.now)
    finished = models.DateTimeField(null=True)
    dropped = models.BooleanField(default=False)
    """A later round took its place before it was finished."""

    class Meta:
        ordering: ClassVar = ["-planned", "-id"]
        indexes: ClassVar = [models.Index(fields=["job", "-id"], name="rounds_of_a_job")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["job", "slot"], name="planned_once")]

    def __str__(self) -> str:
        return f"{self.job} {self.slot}"


class Part(models.Model):
    """A piece of a round that is done in one go: the cases from `first` to `last`, or all there is to do."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="parts")
    first = models.BigIntegerField(default=0)
    last = models.BigIntegerField(default=0)
    finished = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    """How much it did: cases, mails."""
    failed = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    """What it did, or what went wrong first."""

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.round_id} {self.first}-{self.last}"


class Worker(models.Model):
    """A process that works. One that is not heard any more is dead, and what it was doing is done by another."""

    name = models.CharField(max_length=64, unique=True)
    started = models.DateTimeField(default=timezone.now)
    heard = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-heard"]

    def __str__(self) -> str:
        return self.name
