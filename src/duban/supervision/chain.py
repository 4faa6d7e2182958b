"""A chain over the events of each case, and checkpoints over all cases: what was changed, dropped or cut off shows.

An event's hash is the sha256 of its canonical JSON (RFC 8785) without the hash itself; it holds the hash of the event
before it in the same case. A checkpoint holds a digest of the last event of every case; it shows a case that is gone
altogether, or that was cut at its end, which no chain can show by itself.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from duban.supervision.model import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["Break", "Checkpoint", "checkpoint", "hash_of", "sealed", "verify_chain"]


class Checkpoint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the log held at a moment: every event recorded by then."""

    number: int
    at: datetime
    cases: int
    events: int
    digest: str
    """Of the case, number and hash of the last event of every case, in order of the cases."""
    prev: str = ""
    hash: str = ""


class Break(Struct, frozen=True, kw_only=True):
    """A place where a log is not what was written. `words.sentence("break", code, facts, lang)` says it."""

    code: str
    """missing, twice, altered, unlinked, unsealed, checkpoint-altered, checkpoint-unlinked, checkpoint-differs."""
    case: str = ""
    seq: int = 0
    facts: dict[str, str] = {}


def sealed(event: Event, before: Event | None) -> Event:
    """The event with its place in the chain: after `before`, or first in its case."""
    linked = replace(event, prev=before.hash if before is not None else "", hash="")
    return replace(linked, hash=hash_of(linked))


def hash_of(record: Event | Checkpoint) -> str:
    """The sha256 of a record without its hash.

    Times are written in UTC, so that a record keeps its hash in a database that keeps times so.
    """
    import rfc8785

    fields = _plain(replace(record, hash=""))
    return hashlib.sha256(rfc8785.dumps(fields)).hexdigest()


def checkpoint(
    heads: Iterable[Event], *, events: int, at: datetime, before: Checkpoint | None = None
) -> Checkpoint:
    """A checkpoint over the last event of every case; `events` is how many there are in all."""
    ends = list(heads)
    found = Checkpoint(
        number=1 if before is None else before.number + 1,
        at=at,
        cases=len(ends),
        events=events,
        digest=_digest(ends),
        prev="" if before is None else before.hash,
    )
    return replace(found, hash=hash_of(found))


def verify_chain(records: Iterable[Event | Checkpoint]) -> tuple[Break, ...]:
    """Every place where a log is broken, in the order of its cases; empty if it is whole.

    The records may come in any order. An event that is missing or altered is named once, and the chain is followed
    from the next one on.
    """
    of_case: defaultdict[str, list[Event]] = defaultdict(list)
    checkpoints: list[Checkpoint] = []
    for record in records:
        if isinstance(record, Event):
            of_case[record.case].append(record)
        else:
            checkpoints.append(record)
    for events in of_case.values():
        events.sort(key=lambda event: event.seq)
    breaks = [found for case in sorted(of_case) for found in _of_case(of_case[case])]
    return (*breaks, *_of_checkpoints(sorted(checkpoints, key=lambda each: each.number), of_case))


def _of_case(events: Sequence[Event]) -> Iterator[Break]:
    before: Event | None = None
    for event in events:
        expected = 1 if before is None else before.seq + 1
        if event.seq < expected:
            yield Break(code="twice", case=event.case, seq=event.seq)
            continue
        if event.seq > expected:
            facts = {"first": str(expected), "last": str(event.seq - 1)}
            yield Break(code="missing", case=event.case, seq=expected, facts=facts)
        if not event.hash:
            yield Break(code="unsealed", case=event.case, seq=event.seq)
        elif event.hash != hash_of(event):
            yield Break(code="altered", case=event.case, seq=event.seq, facts={"act": event.act})
        elif event.seq == expected and event.prev != (before.hash if before is not None else ""):
            yield Break(code="unlinked", case=event.case, seq=event.seq)
        before = event


def _of_checkpoints(checkpoints: Sequence[Checkpoint], of_case: dict[str, list[Event]]) -> Iterator[Break]:
    before: Checkpoint | None = None
    for found in checkpoints:
        facts = {"number": str(found.number)}
        if found.hash != hash_of(found):
            yield Break(code="checkpoint-altered", facts=facts)
        elif found.prev != (before.hash if before is not None else ""):
            yield Break(code="checkpoint-unlinked", facts=facts)
        seen = [[event for event in events if event.recorded <= found.at] for events in of_case.values()]
        heads = [events[-1] for events in seen if events]
        count = sum(map(len, seen))
        if (len(heads), count, _digest(heads)) != (found.cases, found.events, found.digest):
            facts |= {
                "cases": str(found.cases), "events": str(found.events),
                "cases_now": str(len(heads)), "events_now": str(count),
            }  # fmt: skip
            yield Break(code="checkpoint-differs", facts=facts)
        before = found


def _digest(heads: Iterable[Event]) -> str:
    lines = sorted(f"{event.case}\t{event.seq}\t{event.hash}\n" for event in heads)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A record as JSON holds it: what has its default left out, times in UTC, numbers as they are written."""
    if isinstance(value, Struct):
        fields = {name: getattr(value, name) for name in value.__struct_fields__}
        defaults = _defaults(type(value))
        return {name: _plain(each) for name, each in fields.items() if each != defaults.get(name, _NONE)}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    if isinstance(value, date | Decimal):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


_NONE = object()


def _defaults(kind: type[Struct]) -> dict[str, Any]:
    found = {}
    for field in msgspec.structs.fields(kind):
        if field.default is not msgspec.NODEFAULT:
            found[field.name] = field.default
        elif field.default_factory is not msgspec.NODEFAULT:
            found[field.name] = field.default_factory()
    return found
