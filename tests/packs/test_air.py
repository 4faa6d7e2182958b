"""Air: the sample city bears its reports out, and a real city's year comes out as it was published."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duban import samples
from duban.measures.evaluate import evaluate
from duban.measures.pack import read
from duban.measures.periods import parse

if TYPE_CHECKING:
    from pathlib import Path

    from duban.measures.values import Value

AIR = read("air")


def values(folder: Path, period: str, *measures: str, place: str = "") -> dict[str, Value]:
    with evaluate(AIR, folder, [parse(period)], places=[place] if place else [], measures=measures) as found:
        return {value.measure: value for value in found.values}


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        (
            "2024",
            {
                "pm25": "31.5",
                "pm25_growth": "-4.3",
                "days_up_to_standard": "317",
                "days_up_to_standard_change": "4",
            },
        ),
        (
            "2025",
            {
                "pm25": "30.2",
                "pm25_growth": "-4.1",
                "days_up_to_standard": "316",
                "days_up_to_standard_change": "-1",
            },
        ),
    ],
)
def test_the_sample_city_s_records_bear_out_its_reports(period: str, expected: dict[str, str]) -> None:
    """But for the good days of 2024: one is planted (samples/contradictions.yaml)."""
    found = values(samples.records_path("air"), period, *expected)
    assert {measure: value.value for measure, value in found.items()} == {
        measure: Decimal(number) for measure, number in expected.items()
    }
    assert all(value.valid for value in found.values())


def test_the_sample_records_are_small_and_those_that_are_made() -> None:
    from tests.samples.make_air import table

    path = samples.records_path("air") / "hourly.parquet"
    assert path.stat().st_size < 300_000
    assert pq.read_table(path).cast(table().schema).equals(table())


@pytest.mark.corpus
@pytest.mark.slow
def test_beijing_2014(shared: Path, tmp_path: Path) -> None:
    """Against what the city published; the file lacks one of the twelve stations, and Dingling is background."""
    source = shared / "data" / "air" / "beijing_hourly_2013_2014.parquet"
    (tmp_path / "hourly.parquet").symlink_to(source)
    (tmp_path / "hourly.yaml").write_text("units: {co: µg/m³}\n", encoding="utf-8")
    stations = sorted(row[0] for row in duckdb.sql(f"SELECT DISTINCT station FROM '{source}'").fetchall())
    lines = [f"{name},北京市,{name == 'Dingling'}" for name in stations]
    (tmp_path / "stations.csv").write_text("\n".join(("station,place,background", *lines)), encoding="utf-8")
    found = values(tmp_path, "2014", place="北京")
    published = {
        "pm25": ("85.9", "1.5"),
        "so2": ("21.8", "1"),
        "no2": ("56.7", "1"),
        "pm10": ("115.8", "1.5"),
    }
    for measure, (official, margin) in published.items():
        assert found[measure].value == pytest.approx(Decimal(official), abs=Decimal(margin)), measure
    assert found["days_up_to_standard"].value == pytest.approx(172, abs=5)
    assert found["days_heavy_or_worse"].value == pytest.approx(45, abs=3)
    assert found["pm25"].valid


def aqi(values: dict[str, float]) -> int:
    """HJ 633-2012 written down once more, in fractions, for one day's concentrations."""
    from fractions import Fraction
    from math import ceil

    table = AIR.parameter("breakpoints").versions[0].value
    found: list[int] = []
    for name, value in values.items():
        points, steps = table[name], table["steps"]
        if value > points[-1]:
            found.append(steps[len(points) - 1])
            continue
        index = next(number for number in range(1, len(points)) if value <= points[number])
        low, high = points[index - 1], points[index]
        part = Fraction(steps[index] - steps[index - 1], high - low) * (Fraction(str(value)) - low)
        found.append(ceil(part + steps[index - 1]))
    return max(found)


@pytest.mark.slow
@settings(max_examples=30)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "pm25": st.integers(0, 700),
                "pm10": st.integers(0, 800),
                "so2": st.integers(0, 900),
                "no2": st.integers(0, 700),
                "co": st.integers(0, 400).map(lambda tenths: tenths / 10),
                "o3_8h": st.integers(0, 150),
            }
        ),
        min_size=25,
        max_size=60,
    )
)
def test_the_index_by_columns_is_the_index_by_the_formula(days: list[dict[str, float]]) -> None:
    """Every hour of a day alike, so that the day's values are the hour's; ozone below what its hour could reach."""
    import ibis

    from duban.packs.air.measures import _step

    value = AIR.parameter("breakpoints").versions[0].value
    table = ibis.memtable(pa.table({name: [float(day[name]) for day in days] for name in days[0]}))
    connection = ibis.duckdb.connect()
    highest = ibis.greatest(*[_step(table[name], name, value) for name in days[0]])
    found = connection.to_pyarrow(table.select(aqi=highest))["aqi"].to_pylist()
    connection.disconnect()
    assert found == [aqi(day) for day in days]


def test_the_parameters_are_those_that_are_cited() -> None:
    """The limits of a day are the concentrations of the sub-index 100, in every version."""
    limits, points = AIR.parameter("limits").versions, AIR.parameter("breakpoints").versions
    for limit, point in zip(limits[:2], points, strict=True):
        at = point.value["steps"].index(100)
        assert {name: point.value[name][at] for name in limit.value["day"]} == limit.value["day"], json.dumps(
            limit.value
        )
