"""Observations laid out for pages: for an indicator and a kind, each place and period with its target and its result."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duban.ledger.site.records import Observation, Place

if TYPE_CHECKING:
    from collections.abc import Iterable


__all__ = ["KINDS", "Row", "by_place", "in_one_unit", "lines"]

KINDS = ("growth", "level", "avg_growth", "change", "rank")
"""The kinds of figure in the order that pages show them."""
_RESULTS = ("actual", "estimate")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One place and period: what was aimed at and what was reached."""

    place: Place
    kind: str
    year: int
    period: str
    target: Observation | None
    result: Observation | None

    @property
    def found(self) -> list[Observation]:
        """The observations of it."""
        return [each for each in (self.target, self.result) if each is not None]

    @property
    def single(self) -> bool:
        """Whether it is of one year, so that it has a place on a chart."""
        return self.period == str(self.year)


def lines(observations: Iterable[Observation]) -> list[Row]:
    """The observations of one indicator as rows: by kind, place, year. An actual result goes before an estimate."""
    cells: dict[tuple[str, str, str], dict[str, Observation]] = defaultdict(dict)
    for each in observations:
        cells[each.kind, each.place.key, each.period][each.status] = each
    rows = []
    for (kind, _, period), found in cells.items():
        first = next(iter(found.values()))
        result = next((found[status] for status in _RESULTS if status in found), None)
        rows.append(
            Row(
                place=first.place,
                kind=kind,
                year=first.year,
                period=period,
                target=found.get("target"),
                result=result,
            )
        )
    return sorted(rows, key=lambda row: (KINDS.index(row.kind), row.place.order, row.year, row.period))


def by_place(rows: Iterable[Row]) -> dict[Place, list[Row]]:
    """The same rows, place by place."""
    found: dict[Place, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.place].append(row)
    return dict(found)


def in_one_unit(rows: Iterable[Row]) -> tuple[str, list[Row]]:
    """The unit that most of the values of single years have, and the rows with those values alone: what fits one chart."""
    single = [row for row in rows if row.single]
    units = Counter(each.unit for row in single for each in row.found)
    if not units:
        return "", []
    unit = max(units, key=lambda each: (units[each], each))
    kept = [
        Row(
            place=row.place,
            kind=row.kind,
            year=row.year,
            period=row.period,
            target=row.target if row.target and row.target.unit == unit else None,
            result=row.result if row.result and row.result.unit == unit else None,
        )
        for row in single
    ]
    return unit, [row for row in kept if row.found]
