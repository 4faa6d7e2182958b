"""Charts: round axes, marks inside the frame, shapes that differ, nothing unescaped."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.ledger.site.charts import Mark, across, over_years, stacked


def mark(at: int | str, low: str, high: str | None = None, shape: str = "actual", bound: str = "") -> Mark:
    return Mark(at, Decimal(low), None if high is None else Decimal(high), shape, bound, f"{at}", "#x")


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in ET.fromstring(svg).iter() if each.tag == "text"]


@pytest.mark.parametrize(
    ("values", "unit", "lang", "shown"),
    [
        (("5", "6"), "%", "zh", ["%", "5", "5.2", "6"]),
        (("-3", "6"), "%", "zh", ["%", "−4", "0", "6"]),
        (("1819.8E8", "1921.7E8"), "元", "zh", ["亿元", "1,800", "1,950"]),
        (("1819.8E8", "1921.7E8"), "元", "en", ["billion 元", "180", "195"]),
        (("120E12", "140E12"), "元", "zh", ["万亿元", "120", "140"]),
        (("45000", "62000"), "人", "en", ["thousand 人", "45", "65"]),
        (("7", "7"), "家", "zh", ["家", "2", "12"]),
        (("0", "0"), "家", "zh", ["家", "0"]),
    ],
)
def test_axes_are_round(values: tuple[str, str], unit: str, lang: str, shown: list[str]) -> None:
    svg = over_years([mark(2024, values[0]), mark(2025, values[1])], unit, lang)
    assert set(shown) <= set(texts(svg))


def test_shapes_tell_what_a_mark_is() -> None:
    marks = [
        mark(2023, "5"),
        mark(2024, "5.2", shape="estimate"),
        mark(2025, "5", "5.5", shape="target"),
        mark(2026, "5", shape="target", bound="at_least"),
    ]
    svg = over_years(marks, "%", "zh")
    assert svg.count("<circle") == 2
    assert re.search(r'class="estimate"[^>]*><title>2024</title><circle', svg)
    paths = re.findall(r'class="target"[^>]*><title>[^<]*</title><path d="([^"]+)"', svg)
    assert len(paths) == 2
    assert "V" in paths[0]
    assert svg.count('class="bound"') == 1


def test_a_missing_year_breaks_the_line() -> None:
    (path,) = re.findall(
        r'class="line" d="([^"]+)"',
        over_years([mark(2020, "1"), mark(2021, "2"), mark(2023, "3")], "%", "zh"),
    )
    assert re.sub(r"[^ML]", "", path) == "MLM"


def test_names_of_places_are_escaped() -> None:
    svg = across([mark("<script>", "5"), mark("b", "6"), mark("c", "7")], "<%", "zh")
    assert "<script>" not in svg
    assert "&lt;script&gt;" in svg


_number = st.decimals(min_value=-(10**15), max_value=10**15, allow_nan=False, places=2)


@given(
    st.lists(st.tuples(st.integers(1950, 2030), _number), min_size=1, max_size=30),
    st.sampled_from(("zh", "en")),
)
def test_every_mark_is_inside_the_frame(points: list[tuple[int, Decimal]], lang: str) -> None:
    svg = over_years([mark(year, str(value)) for year, value in points], "元", lang)
    root = ET.fromstring(svg)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for circle in root.iter("circle"):
        assert 0 <= float(circle.attrib["cx"]) <= width
        assert 0 <= float(circle.attrib["cy"]) <= height


def test_a_bar_is_shared_out() -> None:
    svg = stacked([("met", 3), ("missed", 1)], "bar")
    assert re.findall(r'class="v-(\w+)" x="([\d.]+)" width="([\d.]+)"', svg) == [
        ("met", "0.0", "150.0"),
        ("missed", "150.0", "50.0"),
    ]
    assert stacked([("met", 0)], "bar") == ""
