"""A city's years of work in a PostgreSQL: the sample city's cases, copied many times with valid chains of events.

Every copy is a case of its own: its number, title, lead unit, hashes and evaluation are worked out anew, so that
`duban audit-log verify` finds the log whole. Rows go in by COPY; 100,000 cases with 2,000,000 events take minutes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.supervision import Event
    from duban.web.cases.models import Case
    from duban.web.organisation.models import Unit

__all__ = ["fill"]

_KEY, _TITLE, _LEAD, _PREV, _HASH, _INPUTS = (
    f"@@{name}@@" for name in ("key", "title", "lead", "prev", "hash", "inputs")
)
UNITS = 60


@dataclass(frozen=True)
class _Mould:
    """A case of which copies are made. The texts hold marks where a copy differs."""

    row: dict[str, Any]
    title: str
    co: tuple[int, ...]
    sealed: Sequence[str]
    """Of each event, what its hash is of."""
    records: Sequence[str]
    events: Sequence[tuple[str, datetime, datetime, int | None]]
    state: str
    state_hashed: str
    lights: str


def fill(cases: int, events: int) -> None:
    """Put so many copies into a database that holds the sample city, with so many events between them."""
    from django.db import connection

    moulds = [_mould(case, events // cases) for case in _sample()]
    units = _units()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no key is looked up: every one is there
        first = _next(cursor, "cases_case")
        copies = [
            (first + number, moulds[number % len(moulds)], units[number * 7 % len(units)])
            for number in range(cases)
        ]
        heads = _copy_events(cursor, copies)
        _copy_cases(cursor, copies, heads)
        _copy_parts(cursor, copies)
        for table in ("cases_case", "cases_caseevent", "cases_case_co"):
            cursor.execute(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))")
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _sample() -> list[Case]:
    from duban.web.cases.models import Case

    return list(Case.objects.select_related("lead").prefetch_related("co").exclude(lead=None))


def _units() -> list[Unit]:
    """The units that lead: those of the sample city, and more."""
    from duban.web.organisation.models import Unit

    for number in range(Unit.objects.filter(kind="department").count(), UNITS):
        Unit.objects.create(name=f"第{number}专项工作专班", kind="department", order=100 + number)
    return list(Unit.objects.filter(kind="department"))


def _next(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}")
    return int(cursor.fetchone()[0])


# --- moulds -----------------------------------------------------------------------------------------------------------


def _mould(case: Case, length: int) -> _Mould:
    from duban.supervision.chain import _plain
    from duban.web.accounts.models import User
    from duban.web.cases import rules, service

    people = dict(User.objects.values_list("username", "pk"))
    events = _talked(service.events_of(case), length)
    rows = [(one.act.value, one.at, one.recorded, people.get(one.actor.person)) for one in events]
    work = rules.rules_of(case.work_type, case.registered)
    state = rules.state_of(work, events, case.evaluated or datetime.now(UTC))
    lights = rules.lights_of(work, state)
    lead = case.lead.key if case.lead else ""
    marks = [(case.key, _KEY), (case.title, _TITLE), (f'"{lead}"', f'"{_LEAD}"')]
    marked = [replace(event, prev=_PREV if at else "", hash="") for at, event in enumerate(events)]
    state = replace(state, head=_HASH)
    row = {
        name: getattr(case, name)
        for name in ("work_type", "registered", "stage", "due", "asked", "light", "evaluated")
    }
    return _Mould(
        row={**row, "seq": len(events)},
        title=case.title,
        co=tuple(unit.pk for unit in case.co.all()),
        sealed=[_text(_plain(event), marks) for event in marked],
        records=[_text(msgspec.to_builtins(replace(event, hash=_HASH)), marks) for event in marked],
        events=rows,
        state=_text(msgspec.to_builtins(replace(state, void=())), marks),
        state_hashed=_marked(msgspec.json.encode(state, order="sorted").decode(), marks),
        lights=_text({**msgspec.to_builtins(lights), "inputs": _INPUTS}, marks),
    )


def _talked(events: list[Event], length: int) -> list[Event]:
    """The events with a conversation behind them, so that there are so many."""
    from duban.supervision import Act, Details

    last = events[-1]
    for number in range(length - len(events)):
        last = replace(
            last,
            seq=last.seq + 1,
            act=Act.NOTE,
            at=last.at + timedelta(minutes=1),
            recorded=last.recorded + timedelta(minutes=1),
            reason="",
            evidence=(),
            details=Details(text=f"第{number + 1}次沟通：已了解，按计划推进。"),
        )
        events.append(last)
    return events


def _text(plain: Any, marks: Sequence[tuple[str, str]]) -> str:
    """JSON as RFC 8785 has it, for what holds neither fractions nor names beyond ASCII."""
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _marked(text, marks)


def _marked(text: str, marks: Sequence[tuple[str, str]]) -> str:
    for words, mark in marks:
        text = text.replace(words, mark)
    return text


# --- copies -----------------------------------------------------------------------------------------------------------

_Copy = tuple[int, _Mould, "Unit"]


def _poured(text: str, copy: _Copy) -> str:
    pk, mould, unit = copy
    title = json.dumps(_title(pk, mould), ensure_ascii=False)[1:-1]
    return text.replace(_KEY, _key(pk)).replace(_TITLE, title).replace(_LEAD, unit.key)


def _key(pk: int) -> str:
    return f"2026-{pk:06d}"


def _title(pk: int, mould: _Mould) -> str:
    return f"{mould.title}（第{pk}项）"


def _copy_events(cursor: Any, copies: Sequence[_Copy]) -> list[str]:
    """The events of every copy, chained; the hash of the last of each."""
    pk, heads = _next(cursor, "cases_caseevent"), []
    columns = "id, case_id, seq, act, at, recorded, person_id, record, hash"
    with cursor.copy(f"COPY cases_caseevent ({columns}) FROM STDIN") as stream:
        for copy in copies:
            head = ""
            for seq, (sealed, record, (act, at, recorded, person)) in enumerate(
                zip(copy[1].sealed, copy[1].records, copy[1].events, strict=True), start=1
            ):
                before = head
                head = hashlib.sha256(_poured(sealed, copy).replace(_PREV, before).encode()).hexdigest()
                kept = _poured(record, copy).replace(_PREV, before).replace(_HASH, head)
                stream.write_row((pk, copy[0], seq, act, at, recorded, person, kept, head))
                pk += 1
            heads.append(head)
    return heads


def _copy_cases(cursor: Any, copies: Sequence[_Copy], heads: Sequence[str]) -> None:
    names = list(copies[0][1].row)
    columns = ", ".join(["id", "key", "title", "lead_id", "lights", "state", "head", *names])
    with cursor.copy(f"COPY cases_case ({columns}) FROM STDIN") as stream:
        for copy, head in zip(copies, heads, strict=True):
            pk, mould, unit = copy
            hashed = _poured(mould.state_hashed, copy).replace(_HASH, head)
            lights = _poured(mould.lights, copy).replace(_INPUTS, hashlib.sha256(hashed.encode()).hexdigest())
            state = _poured(mould.state, copy).replace(_HASH, head)
            own = (pk, _key(pk), _title(pk, mould), unit.pk, lights, state, head)
            stream.write_row((*own, *mould.row.values()))


def _copy_parts(cursor: Any, copies: Sequence[_Copy]) -> None:
    first = _next(cursor, "cases_case_co")
    with cursor.copy("COPY cases_case_co (id, case_id, unit_id) FROM STDIN") as stream:
        for number, (pk, unit) in enumerate(_parts(copies), start=first):
            stream.write_row((number, pk, unit))


def _parts(copies: Sequence[_Copy]) -> Iterator[tuple[int, int]]:
    for pk, mould, lead in copies:
        yield from ((pk, unit) for unit in mould.co if unit != lead.pk)
