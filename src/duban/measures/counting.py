"""Counting: the rows of a place and period → one value, rounded, with whether there was enough to count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from duban.errors import InputError
from duban.measures.coverage import Coverage, Reason, needed, shortfalls
from duban.measures.definition import Over
from duban.measures.rounding import settle
from duban.measures.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    import ibis.expr.types as ir

    from duban.measures.data import Data
    from duban.measures.definition import Measure
    from duban.measures.pack import Pack
    from duban.measures.periods import Period

__all__ = ["count", "materialise"]


def materialise(data: Data, wanted: Mapping[str, Sequence[Period]]) -> dict[str, ir.Table]:
    """Function of the pack → its rows, with the columns that are counted, worked out once."""
    columns: dict[str, list[str]] = {}
    for code in wanted:
        counted = data.pack.measures[code].counted
        columns.setdefault(counted.rows, []).append(counted.column)
    return {
        name: data.backend.keep(data.pack.rows(name)(data).select(*dict.fromkeys(["place", "day", *each])))
        for name, each in columns.items()
    }


def count(
    data: Data,
    rows: Mapping[str, ir.Table],
    wanted: Mapping[str, Sequence[Period]],
    places: Sequence[str],
) -> Iterator[tuple[Measure, Period, Value]]:
    """The value of each measure wanted, for each of its periods and each place."""
    pack = data.pack
    for name, table in rows.items():
        codes = [code for code in wanted if pack.measures[code].counted.rows == name]
        by_month = _months(table, [pack.measures[code] for code in codes])
        for period in dict.fromkeys(period for code in codes for period in wanted[code]):
            measures = [pack.measures[code] for code in codes if period in wanted[code]]
            found = _aggregated(pack, table, measures, period)
            for place in places:
                for measure in measures:
                    exact = found.get(place, {}).get(measure.code)
                    months = by_month.get((place, measure.counted.column), {})
                    counted = found.get(place, {}).get(f"{measure.code}_rows", 0)
                    yield measure, period, _value(data, measure, place, period, exact, counted, months)


def _aggregated(
    pack: Pack, table: ir.Table, measures: list[Measure], period: Period
) -> dict[str, dict[str, Any]]:
    """Place → measure → what its rows of the period make."""
    rows = table.filter(table["day"].between(period.start, period.end))
    made: dict[str, ir.Value] = {}
    for measure in measures:
        made[measure.code] = _over(pack, rows, measure, period)
        made[f"{measure.code}_rows"] = rows[measure.counted.column].count()
    found = rows.group_by("place").aggregate(**made).to_pyarrow().to_pylist()
    return {str(row["place"]): row for row in found}


def _over(pack: Pack, rows: ir.Table, measure: Measure, period: Period) -> ir.Value:
    """How the rows become one value, as an expression."""
    column: Any = rows[measure.counted.column]
    match measure.counted.over:
        case Over.MEAN:
            return column.mean()
        case Over.SUM:
            return column.sum()
        case Over.COUNT:
            return column.cast("int64").sum()
        case Over.SHARE:
            return column.cast("int64").sum() * 100.0 / column.count()
        case Over.QUANTILE:
            return column.quantile(_quantile(pack, measure, period))
        case Over.MAX:
            return column.max()
        case Over.MIN:
            return column.min()
        case Over.LAST:
            return column.argmax(rows["day"])
    return (column.count() == 1).ifelse(column.max(), None)


def _quantile(pack: Pack, measure: Measure, period: Period) -> float:
    path = str(measure.counted.quantile)
    value = pack.parameter(path).on(period.end).value
    for step in path.split(".")[1:]:
        value = value[step]
    return float(value)


def _months(table: ir.Table, measures: list[Measure]) -> dict[tuple[str, str], dict[str, int]]:
    """(place, column) → month → how many of its rows hold a value."""
    columns = list(dict.fromkeys(measure.counted.column for measure in measures))
    day: Any = table["day"]
    grouped = table.group_by(
        place=table["place"], _year=day.year().cast("int64"), _month=day.month().cast("int64")
    )
    counts = grouped.aggregate(**{f"n_{number}": table[name].count() for number, name in enumerate(columns)})
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in counts.to_pyarrow().to_pylist():
        month = f"{row['_year']:04}-{row['_month']:02}"
        for number, name in enumerate(columns):
            found.setdefault((str(row["place"]), name), {})[month] = int(row[f"n_{number}"])
    return found


def _value(
    data: Data,
    measure: Measure,
    place: str,
    period: Period,
    exact: Any,
    counted: int,
    months: Mapping[str, int],
) -> Value:
    rules, reasons = _rules(data.pack, measure, period)
    by_month = months if not period.day else {str(next(period.months())): counted}
    reasons += [*shortfalls(period, rules, by_month)] if not reasons else []
    if exact is None and not reasons:
        reasons.append(Reason("no_records"))
    number = float(exact) if exact is not None and measure.digits is not None else None
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
        coverage=Coverage(counted, period.days, needed(period, rules)),
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
