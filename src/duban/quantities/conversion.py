"""Amounts in another unit that measures the same: 33亿斤 and 165万吨 are one amount."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from duban.quantities.words import load, units

if TYPE_CHECKING:
    from decimal import Decimal

__all__ = ["factor", "in_unit"]


def factor(unit: str, other: str) -> Fraction | None:
    """How many of `other` one `unit` is, None where the two do not measure the same.

    >>> factor("亩", "公顷")
    Fraction(1, 15)
    >>> factor("个百分点", "%") is None
    True
    """
    unit, other = _name(unit), _name(other)
    if unit == other:
        return Fraction(1)
    known = _factors()
    if unit not in known or other not in known or known[unit][0] != known[other][0]:
        return None
    return known[unit][1] / known[other][1]


def in_unit(value: Decimal, unit: str, other: str) -> Decimal | None:
    """`value` of `unit` in `other`, None where the two do not measure the same.

    >>> from decimal import Decimal
    >>> in_unit(Decimal(3300000000), "斤", "吨")
    Decimal('1650000')
    """
    times = factor(unit, other)
    return None if times is None else value * times.numerator / times.denominator


def _name(unit: str) -> str:
    """The unit's own spelling."""
    known = units().get(unit)
    return known.name if known else unit


@cache
def _factors() -> dict[str, tuple[str, Fraction]]:
    """Unit → (what it measures, how many of that group's first unit it is)."""
    return {
        unit: (group, Fraction(times))
        for group, members in load("conversions.yaml").items()
        for unit, times in members.items()
    }
