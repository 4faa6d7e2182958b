"""Values: definition, coverage, vintage, the rows behind them, and the same again as of a day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pytest

from duban.errors import InputError
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
