"""Who wants to be told of what, and the outbox: what is to be told, and how telling went."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["Attempt", "Delivery", "Subscription"]


class Subscription(models.Model):
    """An address that wants to be told. It is told of what its owner may see on the day."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("organisation.Post", null=True, on_delete=models.PROTECT, related_name="+")
    """Where a service subscribed: the one post it acts in."""
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    secret = models.CharField(max_length=80)
    """What deliveries are signed with: whsec_ and 32 random bytes in base64. The receiver has it too."""
    acts = models.JSONField(default=list)
    """The acts it wants to be told of; none: all."""
    units = models.ManyToManyField("organisation.Unit", related_name="+")
    """Only cases that these lead or have a part in; none: all that the owner may see."""
    active = models.BooleanField(default=True)
    why_stopped = models.CharField(max_length=200, blank=True)
    made = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """A message for an address, written in the transaction of what it tells of."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("delivered")
        DEAD = "dead", _("given up")
        DROPPED = "dropped", _("not for them any more")

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="deliveries")
    message = models.CharField(max_length=64)
    """The webhook-id: the same however often it is sent, so that a receiver takes it once."""
    case = models.ForeignKey("cases.Case", null=True, on_delete=models.PROTECT, related_name="+")
    """Null: a trial."""
    body = models.TextField()
    """Exactly what is sent, and signed."""
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    made = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField(default=timezone.now)
    """Not before; while it is being sent, when somebody else may take it up."""
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscription", "message"], name="a_message_once_an_address"),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="deliveries_due")]

    def __str__(self) -> str:
        return f"{self.message} → {self.subscription_id}"


class Attempt(models.Model):
    """One time that a message was sent, and what came of it."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField(default=timezone.now)
    status = models.PositiveSmallIntegerField(null=True)
    """What the receiver answered; null: nothing."""
    told = models.CharField(max_length=200, blank=True)
    """What went wrong."""
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.status or self.told}"
