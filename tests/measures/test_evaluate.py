"""Values: definition, coverage, vintage, the rows behind them, and the same again as of a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pytest

from duban.errors import InputError, PackError
from duban.measures.compare import compare
from duban.measures.definition import Compared
from duban.measures.evaluate import evaluate
from duban.measures.pack import read
from duban.measures.periods import parse
from duban.measures.scaffold import new

if TYPE_CHECKING:
    from pathlib import Path

    from duban.measures.evaluate import Evaluation
    from duban.measures.pack import Pack
    from tests.measures.conftest import Records

ROWS = (
    "1,甲市,2024-03-01,2024-03-16",
    "2,甲市,2024-03-31,2024-04-20",
    "3,甲市,2025-03-01,2025-03-11",
    "4,甲市,2025-03-31,2025-04-15",
    "5,甲市,2025-12-31,",
    "6,乙县,2025-01-31,2025-02-01",
)


def values(evaluation: Evaluation) -> dict[tuple[str, str, str], Decimal | str | None]:
    return {(each.place, each.period, each.measure): each.value for each in evaluation.values}


def test_values_by_place_and_period(hotline: Pack, records: Records) -> None:
    with evaluate(hotline, records(*ROWS), [parse("2024"), parse("2025"), parse("2025-Q1")]) as found:
        assert values(found) == {
            ("乙县", "2024", "received"): None,
            ("乙县", "2024", "settled_in_time"): None,
            ("乙县", "2024", "received_growth"): None,
            ("乙县", "2024", "settled_in_time_change"): None,
            ("乙县", "2025", "received"): 1,
            ("乙县", "2025", "settled_in_time"): 100,
            ("乙县", "2025", "received_growth"): None,
            ("乙县", "2025", "settled_in_time_change"): None,
            ("乙县", "2025-Q1", "received"): 1,
            ("乙县", "2025-Q1", "settled_in_time"): 100,
            ("乙县", "2025-Q1", "received_growth"): None,
            ("乙县", "2025-Q1", "settled_in_time_change"): None,
            ("甲市", "2024", "received"): 2,
            ("甲市", "2024", "settled_in_time"): 50,
            ("甲市", "2024", "received_growth"): None,
            ("甲市", "2024", "settled_in_time_change"): None,
            ("甲市", "2025", "received"): 3,
            ("甲市", "2025", "settled_in_time"): Decimal("33.3"),
            ("甲市", "2025", "received_growth"): 50,
            ("甲市", "2025", "settled_in_time_change"): Decimal("-16.7"),
            ("甲市", "2025-Q1", "received"): 2,
            ("甲市", "2025-Q1", "settled_in_time"): 50,
            ("甲市", "2025-Q1", "received_growth"): 0,
            ("甲市", "2025-Q1", "settled_in_time_change"): 0,
        }


def test_a_value_has_what_is_needed_to_give_it_again(hotline: Pack, records: Records) -> None:
    with evaluate(
        hotline, records(*ROWS), [parse("2025")], places=["甲"], measures=["settled_in_time"]
    ) as found:
        value = found.values[0]
        assert (value.indicator, value.place, value.unit) == ("hotline.settled_in_time", "甲市", "%")
        assert value.exact == pytest.approx(100 / 3)
        assert value.definition_version == 1
        assert value.coverage is not None
        assert (value.coverage.counted, value.coverage.days, value.coverage.needed) == (3, 365, None)
        assert value.vintage == found.data.vintage
        assert [(each.table, len(each.sha256)) for each in found.data.inputs] == [("requests", 64)]


def test_the_rows_behind_a_value_make_it_again(hotline: Pack, records: Records) -> None:
    with evaluate(hotline, records(*ROWS), [parse("2025")], places=["甲市"]) as found:
        value = next(each for each in found.values if each.measure == "settled_in_time")
        assert found.rows(value)["in_time"].to_pyarrow().to_pylist().count(True) == 1
        with duckdb.connect() as elsewhere:
            behind = elsewhere.sql(found.query(value)).fetchall()
        assert sum(row[-1] for row in behind) / len(behind) * 100 == pytest.approx(value.exact)


def test_as_published_on_a_day(hotline: Pack, records: Records) -> None:
    """Of request 5 it was known later that it had been settled; the limit of 2025 was issued in December."""
    folder = records(
        "1,甲市,2025-01-01,2025-01-14,2025-01-15",
        "5,甲市,2025-01-02,,2025-01-03",
        "5,甲市,2025-01-02,2025-01-04,2025-06-01",
        headings="number,place,received,settled,known_since",
    )
    shares = {}
    for day in (None, date(2025, 5, 31), date(2025, 1, 10), date(2024, 11, 30)):
        with evaluate(hotline, folder, [parse("2025")], measures=["settled_in_time"], as_of=day) as found:
            shares[day] = [each.value for each in found.values]
            assert all(each.as_of == day for each in found.values)
    assert shares == {None: [50], date(2025, 5, 31): [0], date(2025, 1, 10): [0], date(2024, 11, 30): []}


@pytest.mark.parametrize(
    ("places", "measures", "message"),
    [
        (["丙市"], [], "there are no records of the place “丙市”; expected one of 乙县、甲市"),
        ([], ["settled"], "there is no measure “settled”; expected one of received"),
    ],
)
def test_what_is_not_there_is_told(
    places: list[str], measures: list[str], message: str, hotline: Pack, records: Records
) -> None:
    with pytest.raises(InputError, match=message):
        evaluate(hotline, records(*ROWS), [parse("2025")], places=places, measures=measures)


def test_a_measure_without_meaning_for_the_period_is_told() -> None:
    from duban import samples

    with pytest.raises(InputError, match="2024: none of these measures has a meaning for the period"):
        evaluate(read("air"), samples.records_path("air"), [parse("2024")], measures=["aqi"])


@pytest.mark.parametrize(
    ("now", "then", "by", "expected"),
    [
        ("105", "100", Compared.GROWTH, "5"),
        ("95", "100", Compared.GROWTH, "-5"),
        ("5", "0", Compared.GROWTH, None),
        ("5", "-3", Compared.GROWTH, None),
        ("0", "4", Compared.GROWTH, "-100"),
        ("87.4", "86.6", Compared.DIFFERENCE, "0.8"),
        ("-1", "2", Compared.DIFFERENCE, "-3"),
        ("-1", "2", Compared.MEAN_GROWTH, None),
    ],
)
def test_growth_and_difference(now: str, then: str, by: Compared, expected: str | None) -> None:
    assert compare(Decimal(now), Decimal(then), by) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ("mean", "18"), ("sum", "35"), ("max", "20"), ("min", "15"), ("last", "20"), ("only", None),
    ],
)  # fmt: skip
def test_how_rows_add_up(over: str, expected: str | None, tmp_path: Path, records: Records) -> None:
    """Of two requests of 2024 that took 15 and 20 days; 17.5 is published as 18."""
    folder = new("hotline", tmp_path / "packs")
    for file, old, changed in (
        ("measures.py", "one=ibis.literal(1)", "one=taken"),
        ("measures.yaml", "over: sum", f"over: {over}"),
    ):
        text = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(text.replace(old, changed), encoding="utf-8")
    with evaluate(
        read(str(folder)), records(*ROWS), [parse("2024")], places=["甲市"], measures=["received"]
    ) as found:
        assert [value.value for value in found.values] == [None if expected is None else Decimal(expected)]


def hotline_with(folder: Path, measures: str, code: str = "") -> Pack:
    """The small pack with further measures, and further functions for them."""
    pack = new("hotline", folder / "packs")
    for file, text in (("measures.yaml", measures), ("measures.py", code)):
        (pack / file).write_text((pack / file).read_text(encoding="utf-8") + text, encoding="utf-8")
    return read(str(pack))


def test_indices_chain_and_have_a_mean_growth(tmp_path: Path, records: Records) -> None:
    """Requests that took 15, 20, 10, 15 and 6 days stand for indices; of 110 and 121 it is 10 % a year."""
    text = """
  chained: &index
    indicator: hotline.index
    name: {zh: 定基指数, en: index}
    text: {zh: 连乘, en: product}
    unit: "1"
    version: 1
    since: 2026-01-01
    source: 示例规定 第三条
    digits: 1
    rows: indices
    column: index
    over: chain
  grown: {<<: *index, over: mean_growth, unit: "%"}
"""
    code = """

def indices(data):
    rows = data.table("requests")
    return rows.select("place", day=rows["received"], index=rows["settled"].delta(rows["received"], unit="day") + 0.0)
"""
    folder = records("1,甲市,2021-01-01,2021-04-21", "2,甲市,2022-01-01,2022-05-02")
    pack = hotline_with(tmp_path, text, code)
    with evaluate(pack, folder, [parse("2021-2022")], measures=["chained", "grown"]) as found:
        assert [value.value for value in found.values] == [Decimal("133.1"), Decimal("15.4")]


def test_growth_over_years_is_from_the_year_before_the_first(tmp_path: Path, records: Records) -> None:
    """2 requests in 2020 and 8 in 2022: fourfold in two years is twofold a year."""
    text = """
  received_over_years: &over
    name: {zh: 年均增长, en: mean growth}
    text: {zh: 水平法, en: by levels}
    unit: "%"
    version: 1
    since: 2026-01-01
    source: 示例规定 第三条
    digits: 1
    periods: [years]
    compare: {measure: received, by: mean_growth, with: base_year}
  received_in_all: {<<: *over, compare: {measure: received, by: growth, with: base_year}}
"""
    rows = [f"{n},甲市,2020-03-0{n}," for n in (1, 2)] + [f"{n},甲市,2022-03-0{n}," for n in range(3, 10)]
    folder = records(*rows, "10,甲市,2022-12-31,", "11,甲市,2021-12-31,")
    pack = hotline_with(tmp_path, text)
    measures = ["received_over_years", "received_in_all"]
    with evaluate(pack, folder, [parse("2021-2022")], measures=measures) as found:
        assert [value.value for value in found.values] == [Decimal("100.0"), Decimal("300.0")]


EACH = """
  slow: &each
    indicator: hotline.slow
    name: {zh: 超过平均时长的区县, en: slow places}
    text: {zh: 平均时长超过十天, en: mean above ten days}
    unit: "1"
    version: 1
    since: 2026-01-01
    source: 示例规定 第三条
    digits: 0
    rows: offices
    each: period
    also: year_before
    column: slow
    valid: enough
    over: count
  slowest: {<<: *each, over: only, column: before}
"""
OFFICES = """

def offices(data, period):
    rows = data.table("requests")
    rows = rows.mutate(taken=rows["settled"].delta(rows["received"], unit="day"))
    of = rows["received"].between(period.start, period.end)
    before = period.year_before()
    earlier = rows["received"].between(before.start, before.end)
    grouped = rows.group_by("place").aggregate(
        mean=rows["taken"].mean(where=of), enough=of.sum() > 1, before=earlier.sum()
    )
    return grouped.mutate(slow=grouped["mean"] > 10)
"""


def test_rows_of_a_period_are_told_which(tmp_path: Path, records: Records) -> None:
    """Places by the mean of the period's own requests; those of the year before are read as well."""
    pack = hotline_with(tmp_path, EACH, OFFICES)
    periods = [parse("2024"), parse("2025")]
    with evaluate(pack, records(*ROWS), periods, measures=["slow", "slowest"]) as found:
        assert values(found) == {
            ("乙县", "2024", "slow"): None,
            ("乙县", "2024", "slowest"): 0,
            ("乙县", "2025", "slow"): 0,
            ("乙县", "2025", "slowest"): 0,
            ("甲市", "2024", "slow"): 1,
            ("甲市", "2024", "slowest"): 0,
            ("甲市", "2025", "slow"): 1,
            ("甲市", "2025", "slowest"): 2,
        }
        value = next(each for each in found.values if (each.place, each.period) == ("乙县", "2025"))
        assert not value.valid
        assert value.reasons[0].message("en") == "1 of the rows counted have too little data behind them"
        assert value.coverage is not None
        assert (value.coverage.counted, value.coverage.days) == (1, 1)
        assert found.rows(value)["mean"].to_pyarrow().to_pylist() == [1.0]
        with duckdb.connect() as elsewhere:
            assert elsewhere.sql(found.query(value)).fetchall()[0][0] == "乙县"
        assert found.records()["period"].to_pyarrow().to_pylist() == ["2024", "2025", "2024", "2025"]


def test_each_is_a_day_or_a_period(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="“each” is “week”"):
        hotline_with(tmp_path, EACH.replace("each: period", "each: week"))
