"""A token as it is kept: never the token itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from duban.web.tokens.scopes import Scope, scopes

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Token"]


class Token(models.Model):
    """What lets a program act as its owner. Rows stay: they say who let what in, until when."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    """Whom it acts as: a person, or the account that was made for a service."""
    post = models.ForeignKey("organisation.Post", null=True, on_delete=models.PROTECT, related_name="+")
    """Of a service token: the one post it acts in, whoever holds that. Null: the posts that the owner holds."""
    name = models.CharField(max_length=80)
    start = models.CharField(max_length=16, unique=True)
    """Its first characters, by which it is found and told from others."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the whole. It is random and long: a slow hash would add nothing."""
    scopes = models.JSONField(default=list)
    made = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    last_used = models.DateTimeField(null=True)
    minute = models.PositiveBigIntegerField(default=0)
    """The minute (since 1970) that `used` counts the requests of."""
    used = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-made", "-id"]

    def __str__(self) -> str:
        return f"{self.name} {self.start}…"

    @property
    def is_live(self) -> bool:
        """Whether it opens anything now."""
        return self.lives_at(timezone.now())

    def lives_at(self, moment: datetime) -> bool:
        """Whether it opens anything at a moment."""
        return self.revoked is None and self.expires > moment

    @property
    def granted(self) -> list[Scope]:
        """Its scopes, as the table has them today."""
        return [scope for scope in scopes().values() if scope.name in self.scopes]
