"""Concentrations below the detection limit: read as their limit with a flag, counted as the method says.

Laboratories write `<0.05`, `0.05L` or 未检出. The limit stands in the column, whether it was one in
`COLUMN_below`; what such a value counts as (half the limit, say) is a dated parameter of the pack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from duban.measures.cells import MISSING

if TYPE_CHECKING:
    from datetime import date

    import ibis.expr.types as ir

    from duban.measures.pack import Pack
    from duban.measures.tables import Column, Table

__all__ = ["BELOW", "bare", "below", "counted", "limit", "unreadable"]

BELOW = "_below"
"""After a column's name: whether the value is the limit that nothing was found above."""
_NOT_FOUND = ("nd", "n.d.", "n.d", "未检出", "未检", "低于检出限", "小于检出限", "bdl", "<dl", "<lod")
_NUMBER = r"^(?:<|＜|小于|低于)?\s*(-?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)\s*[LlＬ]?$"
_BELOW = r"^(?:<|＜|小于|低于|未检|[Nn]\.?[Dd]|[Bb][Dd])|[0-9]\s*[LlＬ]$"


def bare(text: ir.StringValue) -> ir.BooleanValue:
    """Whether the cell says that nothing was found, and not what could have been."""
    return text.lower().isin(_NOT_FOUND)


def below(text: ir.StringValue) -> ir.BooleanValue:
    """Whether the cell says that the value is below a limit."""
    return text.re_search(_BELOW)


def limit(text: ir.StringValue) -> ir.Value:
    """The cell's number: the value, or the limit it is below; null where it has none."""
    number: ir.Value = text.re_extract(_NUMBER, 1).try_cast("float64")
    return number


def unreadable(text: ir.StringValue, column: Column) -> ir.BooleanValue:
    """Whether something stands in the cell that is no number, no limit and no 未检出 that the column has a limit for."""
    known = (*MISSING, *(_NOT_FOUND if column.detection is not None else ()))
    return text.notnull() & ~text.lower().isin(known) & ~text.re_search(_NUMBER)


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
