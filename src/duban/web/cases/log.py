"""The log of all cases: every event, and the checkpoints that seal it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from duban.errors import InputError
from duban.supervision import Checkpoint, Event, checkpoint, verify_chain
from duban.web.cases import rules
from duban.web.cases.models import CaseEvent, LogCheckpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "log",
    "refuse_broken",
    "seal_log",
]


def log() -> Iterator[Event | Checkpoint]:
    """Every event of every case and every checkpoint, as the audit log holds them."""
    kept = CaseEvent.objects.order_by("case", "seq").values_list("record", flat=True)
    yield from (rules.event_of(record) for record in kept.iterator(chunk_size=2000))
    for record in LogCheckpoint.objects.order_by("number").values_list("record", flat=True):
        yield msgspec.convert(record, Checkpoint)


_IN_FLIGHT = timedelta(minutes=1)
"""How old an event has to be before a checkpoint counts it: whoever wrote it down has finished by then."""


@transaction.atomic
def seal_log(now: datetime | None = None) -> Checkpoint:
    """A checkpoint over all that the log held a minute ago, kept behind the one before."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE cases_caseevent IN SHARE MODE")
    last = LogCheckpoint.objects.order_by("number").last()
    before = msgspec.convert(last.record, Checkpoint) if last else None
    at = (now or timezone.now()) - _IN_FLIGHT
    by_then = CaseEvent.objects.filter(recorded__lte=at)
    later = by_then.filter(case=OuterRef("case"), seq=OuterRef("seq") + 1)
    heads = by_then.filter(~Exists(later)).values_list("record", flat=True)
    sealed = checkpoint(
        (rules.event_of(record) for record in heads.iterator(chunk_size=2000)),
        events=by_then.count(),
        at=at,
        before=before,
    )
    LogCheckpoint.objects.create(number=sealed.number, at=at, record=msgspec.to_builtins(sealed))
    return sealed


def refuse_broken(**_signal: object) -> None:
    """Stop a restore whose log is not whole: nothing of it stays.

    Raises InputError that names the first place where it is broken.
    """
    breaks = verify_chain(log())
    if breaks:
        raise InputError(
            f"the log is broken in {len(breaks)} places",
            where=f"{breaks[0].case} {breaks[0].seq} {breaks[0].code}",
            todo="take an older backup",
        )
