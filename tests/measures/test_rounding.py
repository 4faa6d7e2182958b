"""GB/T 8170: the standard's own examples, ties that binary floats miss, and the same by column as by number."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.measures.rounding import half_even, settle, written

if TYPE_CHECKING:
    from collections.abc import Sequence

# GB/T 8170-2008, 3.2: the examples of its five rules, and the same for ties that no binary float holds.
EXAMPLES = [
    ("12.1498", 0, "12"),
    ("12.1498", 1, "12.1"),
    ("1268", -2, "1300"),
    ("10.5002", 0, "11"),
    ("1.050", 1, "1.0"),
    ("0.35", 1, "0.4"),
    ("2500", -3, "2000"),
    ("3500", -3, "4000"),
    ("0.0325", 3, "0.032"),
    ("-355", -1, "-360"),
    ("-325", -1, "-320"),
    ("-36.5", 0, "-36"),
    ("2.45", 1, "2.4"),
    ("2.675", 2, "2.68"),
    ("85.05", 1, "85.0"),
    ("85.15", 1, "85.2"),
    ("0", 1, "0.0"),
]


@pytest.mark.parametrize(("number", "digits", "expected"), EXAMPLES)
def test_examples(number: str, digits: int, expected: str) -> None:
    assert settle(float(number), digits) == Decimal(expected)
    assert settle(Decimal(number), digits) == Decimal(expected)
    assert by_column([float(number)], digits) == [float(expected)]


def by_column(numbers: Sequence[float], digits: int) -> list[float]:
    table = ibis.memtable({"x": list(numbers)}, schema={"x": "float64"})
    connection = ibis.duckdb.connect()
    found: list[float] = connection.to_pyarrow(half_even(table["x"], digits)).to_pylist()
    connection.disconnect()
    return found


def test_a_number_is_not_rounded_twice() -> None:
    """3.3: 97.46 is 97, not 98 by way of 97.5."""
    assert settle(97.46, 0) == 97


@given(st.lists(st.integers(0, 9999), min_size=1, max_size=8760), st.integers(0, 1))
def test_the_mean_of_decimals_is_rounded_as_the_fraction_is(tenths: list[int], digits: int) -> None:
    """What no float arithmetic may spoil: the exact mean, rounded half to even."""
    exact = Fraction(sum(tenths), 10 * len(tenths))
    scaled = exact * 10**digits
    wanted = Decimal(round(scaled)).scaleb(-digits)  # Python rounds fractions half to even
    assert settle(sum(each / 10 for each in tenths) / len(tenths), digits) == wanted


@given(st.lists(st.decimals(-10_000, 10_000, places=3), min_size=1, max_size=50), st.integers(0, 2))
def test_a_column_is_rounded_as_each_number_is(numbers: list[Decimal], digits: int) -> None:
    unit = Decimal(1).scaleb(-digits)
    wanted = [float(number.quantize(unit, ROUND_HALF_EVEN)) for number in numbers]
    assert by_column([float(number) for number in numbers], digits) == pytest.approx(wanted, abs=1e-9)
    assert [float(settle(float(number), digits)) for number in numbers] == wanted


@given(st.lists(st.decimals(0, 10_000, places=3), min_size=1, max_size=50), st.integers(1, 2))
def test_a_column_is_written_as_each_number_is(numbers: list[Decimal], digits: int) -> None:
    table = ibis.memtable({"x": [float(number) for number in numbers]}, schema={"x": "float64"})
    connection = ibis.duckdb.connect()
    found = connection.to_pyarrow(written(table["x"], digits)).to_pylist()
    connection.disconnect()
    assert found == [str(settle(float(number), digits)) for number in numbers]
