"""Water: the sample city bears its reports out, and the standard's table is what the code says."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from duban import samples
from duban.measures.evaluate import evaluate
from duban.measures.pack import read
from duban.measures.periods import parse

if TYPE_CHECKING:
    from pathlib import Path

WATER = read("water")


@pytest.mark.slow
def test_the_sample_city_s_records_bear_out_its_reports() -> None:
    """国考断面优良比例达到91.7% and 饮用水水源地水质全面达标 in 2024; 全部达到优良 in 2025."""
    measures = ["good_share_national", "sources_share", "good_share_national_change"]
    periods = [parse("2024"), parse("2025")]
    with evaluate(WATER, samples.records_path("water"), periods, measures=measures) as found:
        assert {(each.period, each.measure): each.value for each in found.values if each.valid} == {
            ("2024", "good_share_national"): Decimal("91.7"),
            ("2024", "sources_share"): Decimal("100.0"),
            ("2025", "good_share_national"): Decimal("100.0"),
            ("2025", "sources_share"): Decimal("100.0"),
            ("2025", "good_share_national_change"): Decimal("8.3"),
        }


def test_the_sample_records_are_those_that_are_made(tmp_path: Path) -> None:
    from tests.samples.make_water import write

    write(tmp_path)
    shipped = samples.records_path("water")
    for name in ("sections.csv", "samples.csv"):
        assert (tmp_path / name).read_bytes() == (shipped / name).read_bytes()


def test_limits_do_not_fall_from_class_to_class() -> None:
    """A worse class allows no less; of oxygen no more. Every item that makes the class has limits."""
    limits = WATER.parameter("limits").versions[-1].value
    for name in WATER.parameter("items").versions[-1].value:
        if name != "ph":
            each = limits[name]
            assert len(each) == 5
            assert each == sorted(each, reverse=name == "do"), name
    assert len(WATER.parameter("items").versions[-1].value) == 21


def test_every_item_has_its_decimals_and_its_column() -> None:
    from duban.packs.water.measures import ITEMS

    decimals = WATER.parameter("decimals").versions[-1].value
    columns = WATER.tables["samples"].columns
    assert set(WATER.parameter("items").versions[-1].value) <= set(decimals) <= set(ITEMS) <= set(columns)
