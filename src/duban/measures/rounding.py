"""Rounding by GB/T 8170-2008 (数值修约): to the nearest, and of two equally near to the even one.

The rule speaks of decimals, a statistic is a binary float: the mean of 2.4 and 2.5 is 2.45, which no float
holds. A float so near a tie that only the arithmetic can have moved it (`CLOSE`, relative) is therefore taken
for the tie. That is safe: the mean of n decimals with k digits that is no tie lies at least 10^-k/2n from
one, which for every hour of a year at a dozen stations is still hundreds of times `CLOSE`. A number is rounded once (GB/T 8170,
3.3: 不允许连续修约): what goes on into other statistics is the unrounded one.
"""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

__all__ = ["CLOSE", "half_even", "settle", "written"]

CLOSE = 1e-11


def half_even(number: ir.NumericValue, digits: int = 0) -> ir.FloatingValue:
    """The column rounded to so many decimals, as a float, on any backend."""
    scaled = number.cast("float64") * 10.0**digits
    below = scaled.floor()
    odd = (below / 2).floor() * 2 != below
    over = scaled - below - 0.5
    slack = scaled.abs() * CLOSE + CLOSE
    up = (over > slack) | ((over.abs() <= slack) & odd)
    rounded: ir.FloatingValue = (below + up.ifelse(1.0, 0.0)) / 10.0**digits
    return rounded


def written(number: ir.NumericValue, digits: int) -> ir.StringValue:
    """The column, nowhere negative, rounded to so many decimals (at least one) and written with them, on any backend.

    Backends write floats each in its own way (0.5, 0.500000).
    """
    scale = 10**digits
    units = (half_even(number, digits) * scale).round().cast("int64")
    whole, rest = (units // scale).cast("int64").cast("string"), (units % scale).cast("string")
    text: ir.StringValue = whole + "." + rest.lpad(digits, "0")
    return text


def settle(number: float | Decimal, digits: int) -> Decimal:
    """The number rounded to so many decimals, exactly.

    >>> settle(2.5, 0), settle(3.5, 0), settle((2.4 + 2.5) / 2, 1), settle(85.0499, 1)
    (Decimal('2'), Decimal('4'), Decimal('2.4'), Decimal('85.0'))
    """
    unit = Decimal(1).scaleb(-digits)
    if isinstance(number, Decimal):
        return number.quantize(unit, ROUND_HALF_EVEN)
    exact = Decimal(number)
    nearest_half = (exact / unit * 2).to_integral_value(ROUND_HALF_EVEN) / 2 * unit
    if abs(exact - nearest_half) <= abs(exact) * Decimal(CLOSE) + unit * Decimal(CLOSE):
        exact = nearest_half
    return exact.quantize(unit, ROUND_HALF_EVEN)
