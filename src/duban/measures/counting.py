"""Counting: the rows of a place and period → one value, rounded, with whether there was enough to count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Any, Self

from duban.errors import InputError
from duban.measures.coverage import Coverage, Reason, needed, shortfalls
from duban.measures.definition import Over
from duban.measures.periods import Period
from duban.measures.rounding import settle
from duban.measures.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    import ibis.expr.types as ir

    from duban.measures.data import Data
    from duban.measures.definition import Measure
    from duban.measures.pack import Pack

__all__ = ["Source", "count", "materialise"]


@dataclass(frozen=True, slots=True)
class Source:
    """A function of the pack, and the period its rows are of, where it has to be told one."""

    rows: str
    period: Period | None

    @classmethod
    def of(cls, pack: Pack, rows: str, period: Period) -> Self:
        """Where the rows of a period come from."""
        return cls(rows, period if rows in pack.each_period else None)


def materialise(data: Data, wanted: Mapping[str, Sequence[Period]]) -> dict[Source, ir.Table]:
    """The rows of each function of the pack (and period), with the columns that are counted, worked out once."""
    pack = data.pack
    columns: dict[Source, list[str]] = {}
    for code, periods in wanted.items():
        counted = pack.measures[code].counted
        for period in periods:
            of = columns.setdefault(Source.of(pack, counted.rows, period), [])
            of += [counted.column, *([counted.valid] if counted.valid else []), *counted.where]
    return {source: data.backend.keep(_rows(data, source, each)) for source, each in columns.items()}


def _rows(data: Data, source: Source, columns: Sequence[str]) -> ir.Table:
    """What the function gives: of all days the counted columns alone, of a period all that it says of a thing."""
    function = data.pack.rows(source.rows)
    if source.period is not None:
        rows: ir.Table = function(data, source.period)
        return rows
    return function(data).select(*dict.fromkeys(["place", "day", *columns]))


def count(
    data: Data,
    rows: Mapping[Source, ir.Table],
    wanted: Mapping[str, Sequence[Period]],
    places: Sequence[str],
) -> Iterator[tuple[Measure, Period, Value]]:
    """The value of each measure wanted, for each of its periods and each place."""
    pack = data.pack
    for source, table in rows.items():
        codes = [code for code in wanted if pack.measures[code].counted.rows == source.rows]
        by_month = _months(table, [pack.measures[code] for code in codes]) if not source.period else {}
        periods = dict.fromkeys(period for code in codes for period in wanted[code])
        for period in [source.period] if source.period else periods:
            measures = [pack.measures[code] for code in codes if period in wanted[code]]
            found = _aggregated(pack, table, measures, period)
            for place in places:
                for measure in measures:
                    months = by_month.get((place, measure.code), {})
                    aggregate = _Aggregate.of(found.get(place, {}), measure.code)
                    yield measure, period, _value(data, measure, place, period, aggregate, months)


@dataclass(frozen=True, slots=True)
class _Aggregate:
    """What the rows of a place and period make."""

    exact: Any
    counted: int
    rows: int
    not_valid: int

    @classmethod
    def of(cls, row: Mapping[str, Any], code: str) -> Self:
        """Out of the one row of an aggregated table that is the place's; empty if it has none."""
        numbers = (int(row.get(f"{code}_{each}") or 0) for each in ("rows", "all", "short"))
        return cls(row.get(code), *numbers)


def _aggregated(
    pack: Pack, table: ir.Table, measures: list[Measure], period: Period
) -> dict[str, dict[str, Any]]:
    """Place → measure → what its rows of the period make."""
    given = {measure.counted.each_period for measure in measures}
    rows = table if True in given else table.filter(table["day"].between(period.start, period.end))
    made: dict[str, ir.Value] = {}
    for measure in measures:
        made[measure.code] = _over(pack, rows, measure, period)
        made[f"{measure.code}_rows"] = _column(rows, measure).count()
        made[f"{measure.code}_all"] = _number(rows, measure)
        if measure.counted.valid:
            short = _column(rows, measure).notnull() & ~rows[measure.counted.valid].fill_null(False)
            made[f"{measure.code}_short"] = short.sum()
    found = rows.group_by("place").aggregate(**made).to_pyarrow().to_pylist()
    return {str(row["place"]): row for row in found}


def _over(pack: Pack, rows: ir.Table, measure: Measure, period: Period) -> ir.Value:
    """How the rows become one value, as an expression."""
    column: Any = _column(rows, measure)
    match measure.counted.over:
        case Over.MEAN | Over.SUM | Over.MAX | Over.MIN as plain:
            found: ir.Value = getattr(column, plain)()
            return found
        case Over.COUNT:
            return column.cast("int64").sum()
        case Over.SHARE:
            return column.cast("int64").sum() * 100.0 / column.count()
        case Over.QUANTILE:
            return column.quantile(_quantile(pack, measure, period))
        case Over.LAST:
            return column.argmax(rows["day"])
        case Over.CHAIN:
            return (column / 100).ln().sum().exp() * 100
        case Over.MEAN_GROWTH:
            return ((column / 100).ln().mean().exp() - 1) * 100
    there = _number(rows, measure) if measure.counted.each_period else column.count()
    return (there == 1).ifelse(column.max(), None)


def _number(rows: ir.Table, measure: Measure) -> ir.Value:
    """How many rows are among those that the measure counts."""
    return _among(rows, measure).sum() if measure.counted.where else rows.count()


def _among(rows: ir.Table, measure: Measure) -> ir.BooleanValue:
    """Whether a row is one of those that the measure counts."""
    import ibis

    parts = [rows[name] == value for name, value in measure.counted.where.items()]
    found: ir.BooleanValue = reduce(and_, parts, ibis.literal(value=True))
    return found


def _column(rows: ir.Table, measure: Measure) -> ir.Value:
    """The column that is counted, null in the rows that are not among those counted."""
    column = rows[measure.counted.column]
    return _among(rows, measure).ifelse(column, None) if measure.counted.where else column


def _quantile(pack: Pack, measure: Measure, period: Period) -> float:
    path = str(measure.counted.quantile)
    value = pack.parameter(path).on(period.end).value
    for step in path.split(".")[1:]:
        value = value[step]
    return float(value)


def _months(table: ir.Table, measures: list[Measure]) -> dict[tuple[str, str], dict[str, int]]:
    """(place, measure) → month → how many of its rows hold a value."""
    same: dict[tuple[str, tuple[tuple[str, str], ...]], list[Measure]] = {}
    for measure in measures:
        same.setdefault((measure.counted.column, tuple(measure.counted.where.items())), []).append(measure)
    day: Any = table["day"]
    grouped = table.group_by(
        place=table["place"], _year=day.year().cast("int64"), _month=day.month().cast("int64")
    )
    counts = grouped.aggregate(
        **{f"n_{number}": _column(table, each[0]).count() for number, each in enumerate(same.values())}
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in counts.to_pyarrow().to_pylist():
        month = f"{row['_year']:04}-{row['_month']:02}"
        for number, each in enumerate(same.values()):
            for measure in each:
                found.setdefault((str(row["place"]), measure.code), {})[month] = int(row[f"n_{number}"])
    return found


def _value(
    data: Data,
    measure: Measure,
    place: str,
    period: Period,
    found: _Aggregate,
    months: Mapping[str, int],
) -> Value:
    exact = found.exact
    rules, reasons = _rules(data.pack, measure, period)
    if not reasons and not measure.counted.each_period:
        by_month = months if not period.day else {str(next(period.months())): found.counted}
        reasons += shortfalls(period, rules, by_month)
    if found.not_valid:
        reasons.append(Reason("rows_not_valid", (("count", str(found.not_valid)),)))
    if exact is None and not reasons:
        many = measure.counted.over is Over.ONLY and found.rows > 1
        reasons.append(Reason("not_one", (("count", str(found.rows)),)) if many else Reason("no_records"))
    number = float(exact) if exact is not None and measure.digits is not None else None
    of = found.rows if measure.counted.each_period else period.days
    return Value(
        measure=measure.code,
        indicator=measure.indicator,
        place=place,
        period=str(period),
        value=_published(exact, measure),
        exact=number,
        unit=measure.unit,
        valid=not reasons,
        reasons=tuple(reasons),
        coverage=Coverage(found.counted, of, needed(period, rules)),
        definition_version=measure.version,
        as_of=data.as_of,
        vintage=data.vintage,
    )


def _published(exact: Any, measure: Measure) -> Decimal | str | None:
    if exact is None:
        return None
    return str(exact) if measure.digits is None else settle(float(exact), measure.digits)


def _rules(pack: Pack, measure: Measure, period: Period) -> tuple[dict[str, int], list[Reason]]:
    """What coverage asks for on the period's last day; a reason where nothing was in force yet."""
    if measure.counted.coverage is None:
        return {}, []
    try:
        return dict(pack.parameter(measure.counted.coverage).on(period.end).value), []
    except InputError:
        return {}, [Reason("no_parameter", (("name", measure.counted.coverage),))]
