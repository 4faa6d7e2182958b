"""Units by any spelling, and conversions only between what measures the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from duban.errors import InputError
from duban.measures.units import convert, unit


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("ug/m3", "µg/m³"),
        ("μg/m³", "µg/m³"),
        ("µg/m3", "µg/m³"),
        ("微克/立方米", "µg/m³"),
        ("MG/M3", "mg/m³"),
        ("％", "%"),
        ("百分点", "个百分点"),
    ],
)
def test_spellings(spelling: str, name: str) -> None:
    assert unit(spelling).name == name


@pytest.mark.parametrize(
    ("given", "wanted", "factor"),
    [
        ("mg/L", "mg/m³", "1000"),
        ("µg/L", "mg/L", "0.001"),
        ("µg/m³", "mg/m³", "0.001"),
        ("mg/m³", "µg/m³", "1000"),
        ("亿元", "万元", "10000"),
        ("元", "元", "1"),
    ],
)
def test_conversions(given: str, wanted: str, factor: str) -> None:
    assert convert(given, wanted) == Decimal(factor)


@pytest.mark.parametrize(
    ("given", "wanted"), [("%", "个百分点"), ("个百分点", "%"), ("元", "吨"), ("mg/L", "个/L")]
)
def test_what_measures_something_else_does_not_convert(given: str, wanted: str) -> None:
    with pytest.raises(InputError, match="is not converted into"):
        convert(given, wanted)


def test_an_unknown_unit_is_named() -> None:
    with pytest.raises(InputError, match="the unit “斗” is not known"):
        unit("斗")
