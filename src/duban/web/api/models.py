"""First answers: what a request with an Idempotency-Key was answered, so that its repetition does nothing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

__all__ = ["FirstAnswer"]


class FirstAnswer(models.Model):
    """Written in the transaction of what the request did: there is one exactly if that was kept."""

    token = models.ForeignKey("tokens.Token", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    request = models.CharField(max_length=64)
    """SHA-256 of method, path and content: a key belongs to one request."""
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(null=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["token", "key"], name="a_key_answers_once"),
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"
