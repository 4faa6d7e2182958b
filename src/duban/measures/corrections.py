"""Corrections of records: a record each, with who said so, since when it is known, and a guard.

The guard (`expect`) is what the source still says. Once the source has been mended, or where it never said
so, the correction fails loudly and has to be taken away: it must not spoil a record that is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any

from duban.errors import CorrectionError, InputError
from duban.measures.node import Node, load
from duban.measures.tables import Type

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import ibis.expr.types as ir

    from duban.measures.tables import Table

__all__ = ["Correction", "apply", "due", "find", "guard"]

FILE = "corrections.yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    table: str
    key: dict[str, Any]
    change: dict[str, Any]
    """Column → the right value; None where there is none."""
    expect: dict[str, Any]
    """Column → what the source says."""
    reason: str
    by: str
    known_since: date
    confirmed: bool
    where: str


def find(folder: Path, tables: dict[str, Table]) -> tuple[Correction, ...]:
    """The corrections of a folder of records. Raises `InputError` for one that cannot be meant."""
    path = folder / FILE if folder.is_dir() else folder.parent / FILE
    if not path.is_file():
        return ()
    listed = load(path, str(path)) or []
    if not isinstance(listed, list):
        raise InputError("corrections are a list", where=str(path))
    return tuple(
        _read(Node(entry, f"{path}: correction {number}"), tables) for number, entry in enumerate(listed, 1)
    )


def _read(node: Node, tables: dict[str, Table]) -> Correction:
    name = node.word("table")
    if name not in tables:
        raise InputError(f"“{name}” is no table", where=node.where, expected=", ".join(tables))
    table = tables[name]
    made = Correction(
        table=name,
        key=_values(node, "key", table),
        change=_values(node, "set", table),
        expect=_values(node, "expect", table),
        reason=node.word("reason"),
        by=node.word("by"),
        known_since=node.day("known_since"),
        confirmed=node.word("status", "confirmed") == "confirmed",
        where=node.where,
    )
    node.done()
    if set(made.key) != set(table.key):
        raise InputError("the key is not whole", where=node.where, expected=", ".join(table.key))
    if not made.expect or set(made.change) - set(made.expect):
        raise InputError(
            "“expect” does not say what the source has now", where=node.where, expected=", ".join(made.change)
        )
    return made


def _values(node: Node, field: str, table: Table) -> dict[str, Any]:
    values = {str(name): value for name, value in node.take(field, dict).items()}
    for name, value in values.items():
        if name not in table.columns:
            raise InputError(f"“{name}” is no column", where=node.where, expected=", ".join(table.columns))
        kind = table.columns[name].type
        if kind in {Type.NUMBER, Type.MEASURED} and value is not None:
            values[name] = float(value)
        elif kind is Type.TIME and isinstance(value, str):
            values[name] = datetime.fromisoformat(value)
    return values


def due(
    corrections: Iterable[Correction],
    table: Table,
    *,
    days: tuple[date, date] | None,
    as_of: date | None,
) -> tuple[Correction, ...]:
    """The confirmed corrections of a table that were known by the day and concern records of these days."""
    return tuple(
        correction
        for correction in corrections
        if correction.confirmed and _concerns(correction, table, days, as_of)
    )


def guard(rows: ir.Table, corrections: Iterable[Correction]) -> None:
    """Raises `CorrectionError` where a record does not say what its correction expects."""
    for correction in corrections:
        _guard(rows.filter(_match(rows, correction)), correction)


def apply(rows: ir.Table, corrections: Iterable[Correction]) -> ir.Table:
    """The rows with the corrections made."""
    import ibis

    for correction in corrections:
        match = _match(rows, correction)
        rows = rows.mutate(
            **{
                name: match.ifelse(ibis.literal(value, rows[name].type()), rows[name])
                for name, value in correction.change.items()
            }
        )
    return rows


def _match(rows: ir.Table, correction: Correction) -> ir.BooleanValue:
    found: ir.BooleanValue = reduce(and_, [rows[name] == value for name, value in correction.key.items()])
    return found


def _concerns(
    correction: Correction, table: Table, days: tuple[date, date] | None, as_of: date | None
) -> bool:
    if correction.table != table.name or (as_of is not None and correction.known_since > as_of):
        return False
    when = correction.key.get(table.time or "")
    if days is None or when is None:
        return True
    return days[0] <= (when.date() if isinstance(when, datetime) else when) <= days[1]


def _guard(found: ir.Table, correction: Correction) -> None:
    records = found.select(*correction.expect).to_pyarrow().to_pylist()
    key = ", ".join(f"{name} {value}" for name, value in correction.key.items())
    if len(records) != 1:
        raise CorrectionError(
            f"{len(records)} records have the key {key}",
            where=correction.where,
            expected="one",
            todo="mend the key, or take the correction away",
        )
    if records[0] != correction.expect:
        has = ", ".join(f"{name} {value}" for name, value in records[0].items())
        wanted = ", ".join(f"{name} {value}" for name, value in correction.expect.items())
        raise CorrectionError(
            f"the record {key} has {has}",
            where=correction.where,
            expected=wanted,
            todo="the source has been mended or changed: check it, and take the correction away",
        )
