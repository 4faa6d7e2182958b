"""Concentrations below the detection limit: read as their limit with a flag, counted as the method says.

Laboratories write `<0.05`, `0.05L` or 未检出. The limit stands in the column, whether it was one in
`COLUMN_below`; what such a value counts as (half the limit, say) is a dated parameter of the pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from duban.measures.pack import Pack
    from duban.measures.tables import Column, Table

__all__ = ["BELOW", "bare", "below", "counted", "limit"]

BELOW = "_below"
"""After a column's name: whether the value is the limit that nothing was found above."""
_NOT_FOUND = ("nd", "n.d.", "n.d", "未检出", "未检", "低于检出限", "小于检出限", "bdl", "<dl", "<lod")
_BEFORE = r"^(<|＜|小于|低于)\s*"
_AFTER = r"([0-9])\s*[LlＬ]$"


def bare(text: ir.StringValue) -> ir.BooleanValue:
    """Whether the cell says that nothing was found, and not what could have been."""
    return text.lower().isin(_NOT_FOUND)


def below(text: ir.StringValue) -> ir.BooleanValue:
    """Whether the cell says that the value is below a limit."""
    return bare(text) | text.re_search(_BEFORE) | text.re_search(_AFTER)


def limit(text: ir.StringValue, column: Column) -> ir.Value:
    """The cell's number: the value, or the limit it is below. A bare 未检出 has the column's, if it has one."""
    number = text.re_replace(_BEFORE, "").re_replace(_AFTER, r"\1").replace(",", "").try_cast("float64")
    return bare(text).ifelse(column.detection, number)


def counted(rows: ir.Table, table: Table, pack: Pack, days: tuple[date, date] | None) -> ir.Table:
    """The rows with values below a limit as the parameter in force on their day has them."""
    changed: dict[str, ir.Value] = {}
    for column in table.columns.values():
        if column.below and table.time and column.name + BELOW in rows.columns:
            limits: Any = rows[column.name]
            day = rows[table.time].cast("date")
            share = pack.parameter(column.below).at(day, within=days)
            changed[column.name] = rows[column.name + BELOW].ifelse(limits * share, limits)
    return rows.mutate(**changed) if changed else rows
