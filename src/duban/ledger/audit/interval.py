"""What a stated number may have been before it was rounded, and sums done with that."""

from __future__ import annotations

from decimal import Decimal, localcontext

from msgspec import Struct

__all__ = ["Interval", "exactly"]

_DIGITS = 28


class Interval(Struct, frozen=True):
    """The numbers from `low` to `high`, both included. Sums give the widest result their operands allow.

    >>> exactly(Decimal(100)) * Interval(Decimal("1.05"), Decimal("1.06"))
    Interval(low=Decimal('105.00'), high=Decimal('106.00'))
    """

    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Interval) -> Interval:
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError where the divisor may be nought."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be nought")
        corners = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(corners), max(corners))

    def __pow__(self, exponent: Decimal | int) -> Interval:
        """For positive numbers: mean growth over n years is the ratio to the power of 1/n."""
        with localcontext(prec=_DIGITS):
            ends = [self.low ** Decimal(exponent), self.high ** Decimal(exponent)]
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return self.low <= other.high and other.low <= self.high

    def gap(self, other: Interval) -> Decimal:
        """How far the two are apart; 0 where they meet."""
        return max(self.low - other.high, other.low - self.high, Decimal(0))

    def holds(self, number: Decimal) -> bool:
        return self.low <= number <= self.high

    def widened(self, by: Decimal) -> Interval:
        """With `by` more at either end."""
        return Interval(self.low - by, self.high + by)


def exactly(number: Decimal | int) -> Interval:
    """A number without any doubt about it."""
    return Interval(Decimal(number), Decimal(number))
