"""Units that measure the same convert exactly; all others do not convert at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from duban.quantities.conversion import factor, in_unit
from duban.quantities.words import load, units

SAME = [
    ("3300000000", "斤", "吨", "1650000"),
    ("1696000", "吨", "斤", "3392000000"),
    ("3", "亩", "平方米", "2000"),
    ("1", "平方公里", "亩", "1500"),
    ("31.5", "%", "成", "3.15"),
    ("2", "倍", "%", "200"),
    ("2000", "名", "人", "2000"),
    ("48", "标准箱", "TEU", "48"),
    ("5", "万", "万", "5"),
]


@pytest.mark.parametrize(("value", "unit", "other", "expected"), SAME)
def test_amounts_in_another_unit(value: str, unit: str, other: str, expected: str) -> None:
    assert in_unit(Decimal(value), unit, other) == Decimal(expected)


NOT_THE_SAME = [
    ("个百分点", "%"),
    ("人次", "人"),
    ("吨标准煤", "吨"),
    ("美元", "元"),
    ("番", "倍"),
    ("户", "个"),
    ("公里", "亩"),
]


@pytest.mark.parametrize(("unit", "other"), NOT_THE_SAME)
def test_what_does_not_measure_the_same_never_converts(unit: str, other: str) -> None:
    assert factor(unit, other) is None
    assert in_unit(Decimal(1), other, unit) is None


def test_every_unit_converted_is_a_known_unit() -> None:
    """A spelling that the scanner does not know would never be looked up."""
    converted = {unit for members in load("conversions.yaml").values() for unit in members}
    assert converted <= set(units())


def test_there_and_back_is_exact() -> None:
    for members in load("conversions.yaml").values():
        for unit in members:
            for other in members:
                there, back = factor(unit, other), factor(other, unit)
                assert there is not None
                assert back is not None
                assert there * back == 1
