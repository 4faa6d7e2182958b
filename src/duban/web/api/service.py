"""The door of the API: what it keeps, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from duban.web.api.models import FirstAnswer

__all__ = ["forget_old"]

KEPT = timedelta(days=7)
"""How long the answer to an Idempotency-Key is repeated."""


def forget_old(now: datetime | None = None) -> int:
    """Delete first answers that nobody will ask for again; how many."""
    return FirstAnswer.objects.filter(at__lt=(now or timezone.now()) - KEPT).delete()[0]
