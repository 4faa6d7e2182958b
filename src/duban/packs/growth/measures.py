"""How series, indices and firms' returns become levels and rates.

A period's level is the one recorded, or made of its months or quarters, or of what was cumulated from January.
What is compared is one period with another, so the functions are told the period.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import ibis

from duban.measures import units
from duban.measures.periods import Frequency, Period

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis.expr.types as ir

    from duban.measures import Data

__all__ = ["comparable", "levels", "links", "real", "returns", "yearly"]

YEAR_BEFORE = ("上年同期", "上年", "同比", "year_before")
PERIOD_BEFORE = ("上期", "上月", "环比", "period_before")
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")


def spellings(period: Period) -> list[str]:
    """How tables name a period, blanks aside.

    >>> spellings(Period(2024 * 12, 6))
    ['2024-S1', '2024-01-01/P6M', '2024年1-6月', '2024年上半年', '2024H1']
    """
    first, year = period.start.month, f"{period.start.year}年"
    names = [str(period), f"{period.start.isoformat()}/P{period.length}M"]
    match period.frequency:
        case Frequency.YEAR:
            names += [year, f"{year}1-12月", f"{year}全年"]
        case Frequency.MONTH:
            names += [f"{year}{first}月", f"{year}{first:02}月", f"{period.start.year}.{first:02}"]
            names += [f"{year}1-1月"] if first == 1 else []
        case _ if period.start.year == period.end.year:
            names.append(f"{year}{first}-{period.end.month}月")
    if period.frequency is Frequency.QUARTER:
        names += [
            f"{year}{_QUARTERS[first // 3]}",
            f"{year}第{_QUARTERS[first // 3]}",
            str(period).replace("-", ""),
        ]
    if period.frequency is Frequency.HALF:
        names += [f"{year}{'上' if first == 1 else '下'}半年", f"{period.start.year}H{first // 6 + 1}"]
    if period.length == 9 and first == 1:
        names.append(f"{year}前三季度")
    return list(dict.fromkeys(names))


def _named(data: Data, rows: ir.Table) -> ir.Table:
    """The rows of the pack's subjects, with which one each is of, and a period without blanks and dashes of other kinds."""
    subjects = data.pack.parameter("subjects").versions[-1].value
    branches = [
        (rows["indicator"].isin([name, each["indicator"], each["zh"], *each["names"]]), name)
        for name, each in subjects.items()
    ]
    plain = rows["period"].re_replace(r"\s", "").re_replace("[－–—―~～至]+", "-")
    named = rows.mutate(subject=ibis.cases(*branches), named=plain)
    return named.filter(named["subject"].notnull())


def _in_own_unit(data: Data, rows: ir.Table) -> ir.Table:
    """With each value in its subject's unit; null where the row's unit is another kind of thing."""
    subjects = data.pack.parameter("subjects").versions[-1].value
    by_unit: dict[str, list[str]] = {}
    for name, each in subjects.items():
        by_unit.setdefault(each["unit"], []).append(name)
    value, given = rows["value"], rows["unit"].lower()
    branches: list[Any] = [(given.isnull() | (given == ""), value)]
    for unit, names in by_unit.items():
        for factor, spelt in units.spellings(unit).items():
            same = given.isin([each.lower() for each in spelt])
            branches.append((rows["subject"].isin(names) & same, value * float(factor)))
    return rows.mutate(value=ibis.cases(*branches))


def _series(data: Data) -> ir.Table:
    return data.keep("series", lambda: _in_own_unit(data, _named(data, data.table("series"))))


def _constant(data: Data) -> ir.Table:
    return data.keep("constant", lambda: _in_own_unit(data, _named(data, data.table("constant"))))


def _indices(data: Data) -> ir.Table:
    return data.keep("indices", lambda: _named(data, data.table("indices")))


def _parts(period: Period) -> Iterator[list[Period]]:
    """The ways to put a period together: of years, of quarters, of months."""
    for length in (12, 3, 1):
        if period.length > length and period.length % length == 0 and period.month % length == 0:
            yield [Period(period.month + first, length) for first in range(0, period.length, length)]


def _flow(rows: ir.Table, keys: list[str], period: Period) -> ir.Table:
    """A row a key with the period's value: as recorded, or the difference of two cumulations, or a sum of its parts."""

    def at(wanted: Period) -> ir.Value:
        found: ir.Value = rows["value"].max(where=rows["named"].isin(spellings(wanted)))
        return found

    made = {"exact": at(period)}
    begins = period.start.month == 1
    within = period.start.year == period.end.year
    if not begins and within:
        made |= {
            "to_end": at(period.cumulated()),
            "to_begin": at(Period(period.month, 1).before().cumulated()),
        }
    ways = list(_parts(period))
    for number, parts in enumerate(ways):
        made |= {f"p{number}_{index}": at(part) for index, part in enumerate(parts)}
    found = rows.group_by(keys).aggregate(**made)
    choices = [found["exact"]]
    if "to_end" in made:
        choices.append(found["to_end"] - found["to_begin"])
    for number, parts in enumerate(ways):
        choices.append(reduce(add, [found[f"p{number}_{index}"] for index in range(len(parts))]))
    return found.select(*keys, value=ibis.coalesce(*choices))


def _stock(rows: ir.Table, keys: list[str], period: Period) -> ir.Table:
    """A row a key with the value at the period's end: that of the period, or of a shorter one or the year that ends with it."""
    last = period.end.month
    ends = [period, Period(period.end.year * 12 + last - 1, 1)]
    ends += [
        Period(period.end.year * 12 + last - length, length) for length in (3, 6, 12) if last % length == 0
    ]
    found = rows.group_by(keys).aggregate(
        **{
            f"e{number}": rows["value"].max(where=rows["named"].isin(spellings(each)))
            for number, each in enumerate(ends)
        }
    )
    return found.select(*keys, value=ibis.coalesce(*[found[f"e{number}"] for number in range(len(ends))]))


def _of_kind(data: Data, *kinds: str) -> list[str]:
    subjects = data.pack.parameter("subjects").versions[-1].value
    return [name for name, each in subjects.items() if each["kind"] in kinds]


def _levels(data: Data, period: Period) -> ir.Table:
    """A row a place and subject with the period's value, unrounded."""
    return data.keep(
        ("levels", period), lambda: _levels_of(data, _series(data), ["place", "subject"], period)
    )


def _levels_of(data: Data, rows: ir.Table, keys: list[str], period: Period) -> ir.Table:
    flows = _flow(rows.filter(rows["subject"].isin(_of_kind(data, "flow"))), keys, period)
    stocks = _stock(rows.filter(rows["subject"].isin(_of_kind(data, "stock"))), keys, period)
    own = rows.filter(
        rows["subject"].isin(_of_kind(data, "average", "rate")) & rows["named"].isin(spellings(period))
    )
    return flows.union(stocks).union(own.group_by(keys).aggregate(value=own["value"].max()))


def levels(data: Data, period: Period) -> ir.Table:
    """A row a place and subject: its level, and its share of what it is a part of, at current prices."""
    rows = _levels(data, period)
    return _of_whole(data, rows, {"share": ("value", "value")})


def _of_whole(data: Data, rows: ir.Table, shares: dict[str, tuple[str, str]]) -> ir.Table:
    """With columns that are so many per cent: (one of the part's columns, one of its whole's)."""
    subjects = data.pack.parameter("subjects").versions[-1].value
    wholes = [(rows["subject"] == name, each["whole"]) for name, each in subjects.items() if "whole" in each]
    parts = rows.mutate(whole=ibis.cases(*wholes))
    columns = sorted({name for _, name in shares.values()})
    whole = rows.select("place", whole="subject", **{f"{name}_of_whole": name for name in columns})
    joined = parts.left_join(whole, ["place", "whole"]).drop("place_right", "whole_right")
    return joined.mutate(
        **{
            name: joined[part] * 100.0 / joined[f"{of}_of_whole"].nullif(0)
            for name, (part, of) in shares.items()
        }
    )


def real(data: Data, period: Period) -> ir.Table:
    """A row a place and subject: growth at comparable prices, contribution to the growth of its whole, and pull.

    By constant values of the period and of the year before in the same prices, else by an index.
    """
    return data.keep(("real", period), lambda: _real(data, period))


def _real(data: Data, period: Period) -> ir.Table:
    before = period.year_before()
    keys, in_prices = ["place", "subject"], ["place", "subject", "prices"]
    rows = _indices(data)
    of = rows.filter(rows["base"].isin(YEAR_BEFORE) & rows["named"].isin(spellings(period)))
    by_index = of.group_by(keys).aggregate(given=of["value"].max())
    now = _levels_of(data, _constant(data), in_prices, period).rename(now="value")
    then = _levels_of(data, _constant(data), in_prices, before or period).rename(then="value")
    both = now.join(then, in_prices).filter(lambda t: t.now.notnull() & t.then.notnull())
    latest = ibis.window(group_by=keys, order_by=both["prices"].desc())
    both = both.mutate(rank=ibis.row_number().over(latest)).filter(lambda t: t.rank == 0)
    joined = by_index.outer_join(both.select(*keys, "now", "then"), keys)
    joined = joined.mutate(**{key: ibis.coalesce(joined[key], joined[f"{key}_right"]) for key in keys})
    index = ibis.coalesce(joined["now"] * 100.0 / joined["then"].nullif(0), joined["given"])
    found = joined.select(*keys, "now", "then", growth=index - 100, rise=joined["now"] - joined["then"])
    return _of_whole(data, found, {"contribution": ("rise", "rise"), "pull": ("rise", "then")})


def yearly(data: Data) -> ir.Table:
    """A row a place, subject and year (its last day): the index at comparable prices, the year before = 100."""
    rows = _annual(_indices(data))
    given = rows.filter(rows["base"].isin(YEAR_BEFORE))
    given = given.select("place", "subject", "year", index="value", rank=ibis.literal(0, "int64"))
    rows = _annual(_constant(data)).select("place", "subject", "prices", "year", "value")
    earlier = rows.select("place", "subject", "prices", year=rows["year"] + 1, then="value")
    both = rows.join(earlier, ["place", "subject", "prices", "year"])
    index = both["value"] * 100.0 / both["then"].nullif(0)
    every = given.union(
        both.select("place", "subject", "year", index=index, rank=both["prices"].cast("int64"))
    )
    once = every.group_by(["place", "subject", "year"]).aggregate(index=every["index"].argmax(every["rank"]))
    return once.select("place", "subject", "index", day=ibis.date(once["year"], 12, 31))


def _annual(rows: ir.Table) -> ir.Table:
    """The rows of whole years, with the year."""
    year = rows["named"].re_extract("^([0-9]{4})(年|年1-12月|年全年)?$", 1).try_cast("int64")
    return rows.mutate(year=year).filter(year.notnull())


def links(data: Data) -> ir.Table:
    """A row a place, subject and month: the index with the month before = 100."""
    rows = _indices(data)
    named, spelt = rows["named"], "^([0-9]{4})年([0-9]{1,2})月$"
    year, number = named.re_extract(spelt, 1), named.re_extract(spelt, 2)
    month = named.re_search(spelt).ifelse(year + "-" + number.lpad(2, "0"), named)
    monthly = rows.mutate(day=(month + "-01").try_cast("date"))
    monthly = monthly.filter(monthly["base"].isin(PERIOD_BEFORE) & monthly["day"].notnull())
    return monthly.select("place", "subject", "day", index="value")


def returns(data: Data, period: Period) -> ir.Table:
    """A row a place and unit: its value in the period at the prices of the year before, its value then, and whether both are known.

    The value of the year before is what the unit returns now, or else what it returned then; months that lack
    either are left out on both sides.
    """
    rows = data.table("units")
    earlier = rows.select("unit", month=rows["month"] + ibis.interval(years=1), returned="value")
    rows = rows.filter(rows["month"].between(period.start, period.end))
    joined = rows.left_join(earlier, ["unit", "month"]).drop("unit_right", "month_right")
    joined = joined.mutate(
        then=ibis.coalesce(joined["year_before"], joined["returned"]),
        now=joined["value"] * 100.0 / joined["price_index"].fill_null(100.0),
    )
    both = joined["then"].notnull() & joined["now"].notnull()
    units_of = joined.group_by(["place", "unit"]).aggregate(
        value=joined["value"].sum(),
        now=joined["now"].sum(where=both),
        then=joined["then"].sum(where=both),
        months=both.sum(),
    )
    return units_of.mutate(in_both=units_of["months"] > 0)


def comparable(data: Data, period: Period) -> ir.Table:
    """A row a place: what its units made, how many there are and were, and growth on comparable scope."""
    rows = data.keep(("returns", period), lambda: returns(data, period))
    now = rows.group_by("place").aggregate(
        total=rows["value"].sum(),
        number=rows.count(),
        entered=(~rows["in_both"]).cast("int64").sum(),
        now=rows["now"].sum(where=rows["in_both"]),
        then=rows["then"].sum(where=rows["in_both"]),
    )
    before = period.year_before()
    every = data.table("units")
    earlier = every.filter(every["month"].between(before.start, before.end)) if before else every.limit(0)
    gone = earlier.anti_join(rows, ["place", "unit"])
    left = gone.group_by("place").aggregate(left=gone["unit"].nunique())
    total = earlier.group_by("place").aggregate(total_before=earlier["value"].sum())
    joined = now.left_join(left, "place").drop("place_right").left_join(total, "place").drop("place_right")
    return joined.mutate(
        left=joined["left"].fill_null(0),
        growth=(joined["now"] / joined["then"].nullif(0) - 1) * 100,
        growth_of_totals=(joined["total"] / joined["total_before"].nullif(0) - 1) * 100,
    )
