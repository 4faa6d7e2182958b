"""One row a key: of a corrected row the latest, of repeated rows one, of contradicting rows none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.datatypes as dt

from duban.measures.issues import Issue
from duban.measures.layouts import LINES

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from duban.measures.tables import Table

__all__ = ["KNOWN_SINCE", "contradictions", "has_duplicates", "one_a_key"]

KNOWN_SINCE = "known_since"
"""The column that says since when a row is known, where a source has one."""


def _bits(bits: dt.Int64) -> dt.Int64:
    """The bits that are set in any row."""


_bit_or: Any = ibis.udf.agg.builtin(_bits, name="bit_or")
"""Every engine has it, but Ibis 12 does not know that of Spark."""


def has_duplicates(rows: ir.Table, table: Table) -> bool:
    """Whether a key occurs twice. Hours are looked at by the day: the sum of 24 bits shows one set twice."""
    if not table.key:
        return False
    if LINES in rows.columns and count(rows.filter(rows[LINES] > 1)):
        return True
    if table.hourly and table.time and KNOWN_SINCE not in rows.columns:
        time = rows[table.time]
        bit = ibis.literal(1, "int64") << time.hour().cast("int64")
        others = [rows[name] for name in table.key if name != table.time]
        days = rows.group_by([*others, time.date().name("_day")]).aggregate(_sum=bit.sum(), _or=_bit_or(bit))
        return count(days.filter(days["_sum"] != days["_or"])) > 0
    groups = rows.group_by([*_keys(rows, table), *_stamp(rows)]).aggregate(_rows=rows.count())
    return count(groups.filter(groups["_rows"] > 1)) > 0


def contradictions(rows: ir.Table, table: Table) -> list[Issue]:
    """How many rows contradict one another, and how many only repeat another."""
    counted = _counted(rows, table)
    counts = {
        "duplicate": count(counted.filter(counted["_same"] > 1)),
        "repeated": count(rows) - count(counted),
    }
    fields = (("key", "、".join(table.key)),)
    return [
        Issue(rule=rule, table=table.name, column="", count=number, file="", rows=(), fields=fields)
        for rule, number in counts.items()
        if number
    ]


def one_a_key(rows: ir.Table, table: Table, *, duplicates: bool) -> ir.Table:
    """The rows without those that contradict one another; of a row known more than once the latest."""
    if duplicates:
        counted = _counted(rows, table)
        rows = counted.filter(counted["_same"] == 1).drop("_same")
    if LINES in rows.columns:
        rows = rows.drop(LINES)
    if KNOWN_SINCE not in rows.columns:
        return rows
    latest = ibis.window(group_by=_keys(rows, table), order_by=rows[KNOWN_SINCE].desc(nulls_first=False))
    ranked = rows.mutate(_rank=ibis.row_number().over(latest))
    return ranked.filter(ranked["_rank"] == 0).drop("_rank")


def _counted(rows: ir.Table, table: Table) -> ir.Table:
    """Each different row once, with how many different ones there are of its key."""
    once = rows.distinct()
    counted = once.mutate(_same=once.count().over(group_by=[*_keys(once, table), *_stamp(once)]))
    if LINES in counted.columns:
        counted = counted.mutate(_same=ibis.greatest(counted["_same"], counted[LINES]))
    return counted


def _keys(rows: ir.Table, table: Table) -> list[Any]:
    """What tells rows apart: the key, its time by the hour if there is one row an hour."""
    return [
        rows[name].truncate("h").name("_hour") if table.hourly and name == table.time else rows[name]
        for name in table.key
    ]


def _stamp(rows: ir.Table) -> list[Any]:
    return [rows[KNOWN_SINCE]] if KNOWN_SINCE in rows.columns else []


def count(rows: ir.Table) -> int:
    """How many rows there are."""
    return int(rows.count().to_pyarrow().as_py())
