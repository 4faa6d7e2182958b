"""What a stated number may have been before it was rounded, and sums done with that."""

from __future__ import annotations

from decimal import Decimal, localcontext

from msgspec import Struct

__all__ = ["Interval", "exactly"]

_DIGITS = 28


class Interval(Struct, frozen=True):
    """The numbers from `low` to `high`, both included, and the one that was written.

    Sums give the widest result that their operands allow, and the one of the numbers as written.

    >>> exactly(Decimal(100)) * Interval(Decimal("1.05"), Decimal("1.06"), Decimal("1.05"))
    Interval(low=Decimal('105.00'), high=Decimal('106.00'), written=Decimal('105.00'))
    """

    low: Decimal
    high: Decimal
    written: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high, self.written + other.written)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low, self.written - other.written)

    def __mul__(self, other: Interval) -> Interval:
        corners = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(corners), max(corners), self.written * other.written)

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError where the divisor may be nought."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be nought")
        corners = [a / b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(corners), max(corners), self.written / other.written)

    def root(self, degree: int) -> Interval:
        """For positive numbers: mean growth over n years is the n-th root of the ratio."""
        with localcontext(prec=_DIGITS):
            low, high, written = (
                each ** (1 / Decimal(degree)) for each in (self.low, self.high, self.written)
            )
        return Interval(low, high, written)

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return self.low <= other.high and other.low <= self.high

    def gap(self, other: Interval) -> Decimal:
        """How far the two are apart; 0 where they meet."""
        return max(self.low - other.high, other.low - self.high, Decimal(0))


def exactly(number: Decimal | int) -> Interval:
    """A number without any doubt about it."""
    return Interval(Decimal(number), Decimal(number), Decimal(number))
