"""Evaluation: measures over records → values, each with its coverage, and the rows behind it on demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

import ibis
import ibis.expr.types as ir

from duban.errors import InputError
from duban.measures.compare import base_period, compared, periods_of
from duban.measures.counting import Source, count, materialise
from duban.measures.data import Data, open_data
from duban.measures.definition import Comparison, Counted
from duban.measures.pack import Pack
from duban.measures.periods import parse
from duban.measures.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path
    from types import TracebackType

    from duban.measures.backends import Backend
    from duban.measures.definition import Measure
    from duban.measures.periods import Period

__all__ = ["Evaluation", "evaluate", "named"]

_REACH = timedelta(days=2)
"""Records so much before and after a period may belong to its days: an hour is labelled by its end."""


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """The values, and the records they came from as long as it is open."""

    pack: Pack
    data: Data
    values: tuple[Value, ...]
    compared: tuple[Value, ...]
    """Every value that was counted, those that others are compared with among them."""
    _rows: dict[Source, ir.Table] = field(repr=False)

    def rows(self, value: Value, level: str | None = None) -> ir.Table:
        """The rows behind a value: those it was counted from, or those of a level below (`Pack.behind`)."""
        name = level or self._counted(value).counted.rows
        period = parse(value.period)
        kept = self._rows.get(Source.of(self.pack, name, period))
        if kept is None:
            rows = self.pack.rows_of(name, self.data, period)
        elif name in self.pack.each_period:
            rows = kept
        else:
            rows = kept.filter(kept["day"].between(period.start, period.end))
        rows = rows.filter(rows["place"] == value.place)
        for column, wanted in self._counted(value).counted.where.items():
            rows = rows.filter(rows[column] == wanted) if column in rows.columns else rows
        return rows

    def records(self) -> ir.Table:
        """The records behind all the values: the rows of the lowest level (`Pack.behind`) of their places and days.

        Raises `InputError` where the values come from functions that do not share their lowest level.
        """
        names = {self._counted(value).counted.rows for value in self.values}
        lowest = {self.pack.behind.get(name, (name,))[-1] for name in names}
        if len(lowest) != 1:
            raise InputError("the values come from different records", todo="choose one with --measure")
        name = lowest.pop()
        periods = sorted({parse(value.period) for value in self.values})
        places = sorted({value.place for value in self.values})
        if name in self.pack.each_period:
            found = [
                self.pack.rows_of(name, self.data, each).mutate(period=ibis.literal(str(each)))
                for each in periods
            ]
            rows = reduce(lambda one, other: one.union(other), found)
            return rows.filter(rows["place"].isin(places)).order_by(["place", "period"])
        rows = self.pack.rows(name)(self.data)
        of_days = [rows["day"].between(period.start, period.end) for period in periods]
        chosen = rows.filter(rows["place"].isin(places) & reduce(or_, of_days))
        return chosen.order_by(["place", "day"])

    def query(self, value: Value, level: str | None = None) -> str:
        """SQL that gives the rows behind a value, from the files themselves."""
        measure = self._counted(value)
        name = level or measure.counted.rows
        rows = self.pack.rows_of(name, self.data.from_files(), parse(value.period))
        chosen = rows.filter(rows["place"] == value.place)
        for column, wanted in measure.counted.where.items():
            chosen = chosen.filter(chosen[column] == wanted) if column in chosen.columns else chosen
        if "day" in chosen.columns:
            chosen = chosen.order_by("day")
        return str(ibis.to_sql(chosen, dialect=self.data.backend.connection.name))

    def _counted(self, value: Value) -> Measure:
        """The measure itself, or the one that it compares."""
        measure = self.pack.measures[value.measure]
        return self.pack.measures[measure.how.measure] if isinstance(measure.how, Comparison) else measure

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.data.close()


def evaluate(
    pack: Pack,
    folder: Path | str,
    periods: Sequence[Period],
    *,
    places: Sequence[str] = (),
    measures: Sequence[str] = (),
    as_of: date | None = None,
    backend: Backend | None = None,
) -> Evaluation:
    """The measures of a pack over the records of a folder, for every place (or those named) and period.

    Without `measures` all that have a meaning for a period are given. Use it in a `with` statement: its
    rows are there until it is closed. Raises `InputError` for an unknown measure or place.
    """
    chosen = _chosen(pack, measures)
    wanted = _wanted(chosen, periods)
    every = [period for needed in wanted.values() for period in needed]
    every += list(_looked_at(pack, wanted))
    if not every:
        raise InputError(
            "none of these measures has a meaning for the period", where=", ".join(map(str, periods))
        )
    days = (min(p.start for p in every) - _REACH, max(p.end for p in every) + _REACH)
    data = open_data(pack, folder, days=days, as_of=as_of, backend=backend)
    try:
        rows = materialise(data, wanted)
        named = _places(rows.values(), places)
        counted = {
            (measure.code, value.place, period): value
            for measure, period, value in count(data, rows, wanted, named)
        }
        values = tuple(_arrange(data, chosen, periods, named, counted))
    except BaseException:
        data.close()
        raise
    return Evaluation(pack=data.pack, data=data, values=values, compared=tuple(counted.values()), _rows=rows)


def _chosen(pack: Pack, codes: Sequence[str]) -> list[Measure]:
    for code in codes:
        if code not in pack.measures:
            raise InputError(
                f"there is no measure “{code}”",
                where=pack.name,
                expected=f"one of {', '.join(pack.measures)}",
            )
    return [measure for code, measure in pack.measures.items() if not codes or code in codes]


def _wanted(chosen: list[Measure], periods: Sequence[Period]) -> dict[str, list[Period]]:
    """Measure → the periods it is counted for, those that another one compares with among them."""
    wanted: dict[str, list[Period]] = {}
    for measure in chosen:
        for period in periods:
            if not measure.fits(period):
                continue
            for code, each in _needed(measure, period):
                if each not in wanted.setdefault(code, []):
                    wanted[code].append(each)
    return wanted


def _needed(measure: Measure, period: Period) -> Iterator[tuple[str, Period]]:
    """What has to be counted for a measure's value: itself, or the two values that it compares."""
    how = measure.how
    if isinstance(how, Counted):
        yield measure.code, period
        return
    now, base = periods_of(period, how.to)
    yield how.measure, now
    if base:
        yield how.measure, base


def _looked_at(pack: Pack, wanted: dict[str, list[Period]]) -> Iterator[Period]:
    """The further periods whose records the functions of the measures look at."""
    for code, periods in wanted.items():
        also = pack.measures[code].counted.also
        for period in periods if also else ():
            if also and (base := base_period(period, also)):
                yield base


def _places(rows: Iterable[ir.Table], asked: Sequence[str]) -> list[str]:
    """The places there are rows for, or those asked for. Raises `InputError` for one without rows."""
    there: set[str] = set()
    for table in rows:
        there |= set(table.select("place").distinct().to_pyarrow()["place"].to_pylist())
    if not asked:
        return sorted(there)
    return [_place(name, there) for name in asked]


def _place(name: str, there: set[str]) -> str:
    found = named(name, there)
    if found is None:
        raise InputError(
            f"there are no records of the place “{name}”",
            expected=f"one of {'、'.join(sorted(there)[:20]) or 'none: no rows are valid in this period'}",
        )
    return found


def named(name: str, there: Collection[str]) -> str | None:
    """The place as the records call it: 北京 is 北京市 if nothing else could be meant."""
    if name in there:
        return name
    close = [each for each in there if each.rstrip("省市区县") == name.rstrip("省市区县")]
    return close[0] if len(close) == 1 else None


def _arrange(
    data: Data,
    chosen: list[Measure],
    periods: Sequence[Period],
    places: list[str],
    counted: dict[tuple[str, str, Period], Value],
) -> Iterator[Value]:
    """The values asked for, in order; comparisons made of the two they compare."""
    for place in places:
        for period in periods:
            for measure in chosen:
                if not measure.fits(period):
                    continue
                how = measure.how
                if isinstance(how, Counted):
                    yield counted[measure.code, place, period]
                    continue
                now, then = (
                    counted[how.measure, place, each] if each else None for each in periods_of(period, how.to)
                )
                if now:
                    yield compared(data, measure, period, now, then)
