"""Accounts and the record of sign-ins. What somebody may do is said by the posts they hold, not here."""

from __future__ import annotations

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["Outcome", "SignIn", "User"]


class User(AbstractBaseUser):
    """A person who can sign in. Never deleted: what they did keeps their name; `is_active` ends the account."""

    username = models.CharField(
        _("user name"),
        max_length=64,
        unique=True,
        validators=[RegexValidator(r"^[\w.@+-]+$", _("Letters, digits and . @ + - _ only."))],
    )
    name = models.CharField(_("name"), max_length=64)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    """The password was given by somebody else: the first thing to do is to choose another."""
    created = models.DateTimeField(default=timezone.now)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """What Django's own forms call a person."""
        return self.name


class Outcome(models.TextChoices):
    """How an attempt to sign in ended."""

    IN = "in", _("signed in")
    WRONG = "wrong", _("wrong name or password")
    WRONG_CODE = "wrong_code", _("wrong code")
    WAIT = "wait", _("too many attempts")
    UNKNOWN = "unknown", _("no account here")
    OUT = "out", _("signed out")


class SignIn(models.Model):
    """One attempt to sign in, whatever came of it. Rows are added, and deleted when they are a year old."""

    at = models.DateTimeField(default=timezone.now)
    username = models.CharField(max_length=64)
    """As typed: there may be no such account."""
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="sign_ins")
    address = models.CharField(max_length=64)
    agent = models.CharField(max_length=200)
    by = models.CharField(max_length=16)
    """password, code or oidc."""
    outcome = models.CharField(max_length=16, choices=Outcome.choices)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["username", "at"], name="signin_by_name"),
            models.Index(fields=["address", "at"], name="signin_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.username} {self.outcome}"
