"""Units, posts and memberships, with dates (Popolo's Organization, Post and Membership)."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duban.web.access import Role

__all__ = ["Membership", "Post", "Roster", "Unit"]


class Unit(models.Model):
    """A unit under one name. Renamed or merged, it is dissolved and has a successor."""

    class Kind(models.TextChoices):
        GOVERNMENT = "government", _("government leadership")
        OFFICE = "office", _("supervision office")
        DEPARTMENT = "department", _("department")
        DISTRICT = "district", _("county or district")
        PARTY = "party", _("party or mass organ")
        ENTERPRISE = "enterprise", _("enterprise or institution")

    name = models.CharField(_("name"), max_length=80)
    short = models.CharField(_("short name"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices, default=Kind.DEPARTMENT)
    key = models.CharField(max_length=80, unique=True)
    """What events name it by, for ever: the id of its body in the catalogue, or one of its own."""
    body = models.CharField(max_length=80, blank=True)
    """The body of the catalogue that it is (`duban.catalogue.bodies`): by its duties a lead unit is suggested."""
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    order = models.PositiveIntegerField(default=0)
    founded = models.DateField(null=True, blank=True)
    dissolved = models.DateField(null=True, blank=True)
    """The first day on which it no longer was."""
    successor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["name"], condition=Q(dissolved=None), name="one_unit_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.short or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A new one is given its key: that of its body, if no other unit has had it."""
        if not self.key:
            taken = not self.body or Unit.objects.filter(key=self.body).exists()
            self.key = f"unit/{secrets.token_hex(6)}" if taken else self.body
        super().save(*args, **kwargs)


class Post(models.Model):
    """A post of a unit: what answers for a task, whoever holds it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("post"), max_length=60)
    role = models.CharField(_("role"), max_length=16, choices=[(role.value, role.value) for role in Role])
    order = models.PositiveIntegerField(default=0)
    charge = models.ManyToManyField(Unit, blank=True, related_name="leaders")
    """The units that a leader answers for (分管)."""

    class Meta:
        ordering: ClassVar = ["unit__order", "order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "title"], name="one_post_of_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.title}"


class Membership(models.Model):
    """Who holds a post, from a day to another. An ended one stays: it is the post's history."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    """The first day on which it was no longer held."""

    class Meta:
        ordering: ClassVar = ["-since", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "user"], condition=Q(until=None), name="held_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.post} {self.since}"


class Roster(models.Model):
    """A workbook of units, posts and people that was brought; its check is done anew whenever it is looked at."""

    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    applied = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-at"]

    def __str__(self) -> str:
        return f"{self.file} {self.at:%F}"
