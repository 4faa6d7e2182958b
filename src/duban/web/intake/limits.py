"""How often an address may send something in or try a code. One table, counted; what is older than a day goes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from duban.web.intake.models import Attempt
from duban.web.operation.requests import address

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.http import HttpRequest

__all__ = ["may_send", "record", "seconds_to_wait"]

_KEPT = timedelta(days=1)
_SENT = ((5, timedelta(hours=1)), (20, timedelta(days=1)))
"""How many an address may send in, in what time."""
_SENT_BY_ALL = (300, timedelta(hours=1))
"""How many all addresses together: the office reads each."""
_WRONG = (10, timedelta(minutes=15))
"""How many wrong codes an address, or anybody at one receipt, may try."""


def may_send(request: HttpRequest) -> int:
    """Seconds until this address may send in another; 0 if it may now."""
    now = timezone.now()
    sent = Attempt.objects.filter(what=Attempt.What.SENT)
    own = sent.filter(address=address(request)[:64])
    waits = [_wait(own, most, within, now) for most, within in _SENT]
    return max(*waits, _wait(sent, *_SENT_BY_ALL, now))


def seconds_to_wait(request: HttpRequest, receipt: str) -> int:
    """Seconds until this address, or anybody at this receipt, may try another code; 0 if they may now."""
    now = timezone.now()
    wrong = Attempt.objects.filter(what=Attempt.What.WRONG_CODE)
    return max(
        _wait(wrong.filter(address=address(request)[:64]), *_WRONG, now),
        _wait(wrong.filter(receipt=receipt[:16]), *_WRONG, now),
    )


def record(request: HttpRequest, what: Attempt.What, receipt: str = "") -> None:
    """Count it, and forget what no longer counts."""
    Attempt.objects.filter(at__lt=timezone.now() - _KEPT).delete()
    Attempt.objects.create(what=what, address=address(request)[:64], receipt=receipt[:16])


def _wait(attempts: QuerySet[Attempt], most: int, within: timedelta, now: datetime) -> int:
    """Until the oldest of the last `most` no longer counts."""
    times = list(attempts.filter(at__gt=now - within).order_by("-at").values_list("at", flat=True)[:most])
    if len(times) < most:
        return 0
    return max(1, int((times[-1] + within - now).total_seconds()) + 1)
