"""Whatever the true numbers are, what they give lies in the interval that the sum gives."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duban.ledger.audit.interval import Interval, exactly

NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)
SHARE = st.decimals(min_value=0, max_value=1, places=3)


@st.composite
def intervals(draw: st.DrawFn, least: int = -1000) -> tuple[Interval, Decimal]:
    """An interval and a number in it."""
    numbers = st.decimals(min_value=least, max_value=1000, places=2)
    low, high = sorted((draw(numbers), draw(numbers)))
    inside = low + (high - low) * draw(SHARE)
    return Interval(low, high, low), inside


def holds(found: Interval, number: Decimal) -> bool:
    slack = Decimal("1e-18")
    return found.low - slack <= number <= found.high + slack


@given(intervals(), intervals())
def test_sums_hold_the_sum_of_the_true_numbers(
    one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]
) -> None:
    (a, x), (b, y) = one, other
    assert holds(a + b, x + y)
    assert holds(a - b, x - y)
    assert holds(a * b, x * y)


@given(intervals(), intervals(least=1))
def test_a_quotient_too(one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]) -> None:
    (a, x), (b, y) = one, other
    assert holds(a / b, x / y)


@given(intervals(least=1), st.integers(min_value=2, max_value=10))
def test_a_root_too(one: tuple[Interval, Decimal], degree: int) -> None:
    a, x = one
    assert holds(a.root(degree), x ** (1 / Decimal(degree)))


@given(NUMBERS, NUMBERS)
def test_they_meet_where_there_is_no_gap(x: Decimal, y: Decimal) -> None:
    assert exactly(x).meets(exactly(y)) is (exactly(x).gap(exactly(y)) == 0)


def test_nothing_is_divided_by_what_may_be_nought() -> None:
    with pytest.raises(ZeroDivisionError, match="nought"):
        exactly(1) / Interval(Decimal(-1), Decimal(1), Decimal(0))
