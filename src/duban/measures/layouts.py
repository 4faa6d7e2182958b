"""Files in another shape than the table's: one line a time and item, the values beside or below."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import ibis

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
        wanted = {layout.item, *layout.time, *layout.carried, *([layout.value] if layout.value else [])}
        if wanted <= set(raw.columns):
            return layout
    return None


def lay_out(raw: ir.Table, layout: Layout) -> ir.Table:
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
        long = lines.select("_item", _time=time, **carried, _value=lines[str(layout.value)].cast("string"))
        keys = list(carried)
    given = long.filter(long["_value"].notnull() & ~tidy(long["_value"]).lower().isin(MISSING))
    return _beside(given, layout, keys)


def _beside(given: ir.Table, layout: Layout, keys: list[str]) -> ir.Table:
    """Each item's value in a column of its own."""
    items: dict[str, list[str]] = {}
    for item, column in layout.items.items():
        items.setdefault(column, []).append(item)
    of = {column: given["_item"].isin(names) for column, names in items.items()}
    made = given.group_by([*keys, "_time"]).aggregate(
        **{column: given["_value"].max(where=this) for column, this in of.items()},
        **{f"_n_{column}": given.count(where=this) for column, this in of.items()},
    )
    most = ibis.greatest(*[made[f"_n_{column}"] for column in items])
    return made.mutate(**{LINES: most}).drop(*[f"_n_{column}" for column in items]).rename(time="_time")
