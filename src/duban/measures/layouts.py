"""Files in another shape than the table's: one line a time and item, the values beside or below."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import ibis

from duban.measures import units
from duban.measures.cells import MISSING, tidy

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from duban.measures.tables import Layout, Table

__all__ = ["LINES", "lay_out", "layout_of"]

LINES = "_lines"
"""How many lines of the file the fullest column of a row was made of: more than one contradict one another."""


def layout_of(table: Table, raw: ir.Table) -> Layout | None:
    """The layout that the file has, if not the table's own."""
    for layout in table.layouts:
        named = [each for each in (layout.value, layout.unit) if each]
        if {layout.item, *layout.time, *layout.carried, *named} <= set(raw.columns):
            return layout
    return None


def lay_out(raw: ir.Table, layout: Layout, table: Table) -> ir.Table:
    """The file's lines as rows of ours, values as text: one a time and key, with a column an item."""
    lines = raw.mutate(_item=tidy(raw[layout.item]))
    lines = lines.filter(lines["_item"].isin(list(layout.items)))
    time = reduce(lambda one, other: one + " " + other, [tidy(lines[name]) for name in layout.time])
    carried = {ours: tidy(lines[theirs]) for theirs, ours in layout.carried.items()}
    if layout.wide:
        apart = {"_item", layout.item, *layout.time, *layout.carried}
        wide = {name: lines[name].cast("string") for name in lines.columns if name not in apart}
        long = lines.select("_item", _time=time, **carried, **wide).pivot_longer(
            list(wide), names_to=layout.wide, values_to="_value"
        )
        keys = [layout.wide, *carried]
    else:
        value = _in_our_unit(lines, layout, table)
        long = lines.select("_item", _time=time, **carried, _value=value)
        keys = list(carried)
    given = long.filter(long["_value"].notnull() & ~tidy(long["_value"]).lower().isin(MISSING))
    return _beside(given, layout, keys)


def _in_our_unit(lines: ir.Table, layout: Layout, table: Table) -> ir.StringValue:
    """The lines' values in the units of our columns; one in a unit that is not ours keeps it, and so is told."""
    value: ir.StringValue = lines[str(layout.value)].cast("string")
    if layout.unit is None:
        return value
    given = tidy(lines[layout.unit]).lower()
    by_unit: dict[str | None, list[str]] = {}
    for item, column in layout.items.items():
        by_unit.setdefault(table.columns[column].unit, []).append(item)
    branches = [((given == "") | given.isnull() | lines["_item"].isin(by_unit.pop(None, [])), 1.0)]
    for unit, items in by_unit.items():
        for factor, spellings in units.spellings(str(unit)).items():
            same = given.isin([each.lower() for each in spellings])
            branches.append((lines["_item"].isin(items) & same, float(factor)))
    factor_of = ibis.cases(*branches)
    return ibis.cases(
        (factor_of == 1, value),
        (factor_of.notnull(), _times(tidy(value), factor_of)),
        else_=value + " " + given,
    )


def _times(text: ir.StringValue, factor: ir.NumericValue) -> ir.StringValue:
    """The number in the text times the factor, with what stands before and after it."""
    parts = r"^([^0-9]*)([0-9.]+)(.*)$"
    number = text.re_extract(parts, 2).try_cast("float64") * factor
    scaled = text.re_extract(parts, 1) + number.cast("string") + text.re_extract(parts, 3)
    return text.re_search(parts).ifelse(scaled, text)


def _beside(given: ir.Table, layout: Layout, keys: list[str]) -> ir.Table:
    """Each item's value in a column of its own."""
    items: dict[str, list[str]] = {}
    for item, column in layout.items.items():
        items.setdefault(column, []).append(item)
    # By item first: what the values are made of would be written out once a column otherwise.
    one = given.group_by([*keys, "_time", "_item"]).aggregate(_value=given["_value"].max(), _n=given.count())
    of = {column: one["_item"].isin(names) for column, names in items.items()}
    made = one.group_by([*keys, "_time"]).aggregate(
        **{column: one["_value"].max(where=this) for column, this in of.items()},
        **{f"_n_{column}": one["_n"].sum(where=this).fill_null(0) for column, this in of.items()},
    )
    most = ibis.greatest(*[made[f"_n_{column}"] for column in items])
    return made.mutate(**{LINES: most}).drop(*[f"_n_{column}" for column in items]).rename(time="_time")
