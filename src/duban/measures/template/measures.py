"""The rows that are counted: one a place and day, or one a thing with its place and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from duban.measures import Data

__all__ = ["requests"]


def requests(data: Data) -> ir.Table:
    """A row a request: where and when it was received, and whether it was settled in time."""
    rows = data.table("requests")
    limit = data.at("days_to_settle", rows["received"])
    taken = rows["settled"].delta(rows["received"], unit="day")
    return rows.select(
        "place",
        day=rows["received"],
        one=ibis.literal(1),
        in_time=(taken <= limit).fill_null(False),
    )
