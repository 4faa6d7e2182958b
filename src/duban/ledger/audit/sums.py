"""The sums that several checks do: growth to a factor, levels to a rate."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from duban.ledger.audit.digits import INFINITY
from duban.ledger.audit.interval import Interval, exactly

if TYPE_CHECKING:
    from duban.ledger.audit.stated import Stated

__all__ = ["finite", "growth_factor", "growth_rate", "rate", "same_measure"]

_HUNDRED = exactly(100)
_ONE = exactly(1)
_POINTS = {"个百分点": "%", "个千分点": "‰"}


def finite(figure: Stated, like: Stated | None = None) -> Interval | None:
    """The range of a figure that can be reckoned with, in the unit of `like`: no bare 以上 or 以内, no 三分之二."""
    found = figure.range if like is None else figure.in_unit_of(like)
    if found is None or found.low == -INFINITY or found.high == INFINITY:
        return None
    return found


def growth_factor(growth: Stated) -> Interval | None:
    """What a level is multiplied by: 1.056 for 增长5.6%, 2.8 for 增长1.8倍, 4 for 翻两番."""
    found = finite(growth)
    if found is None:
        return None
    match growth.figure.unit:
        case "%":
            return _ONE + found / _HUNDRED
        case "倍":
            return _ONE + found
        case "番":
            return Interval(*(Decimal(2) ** each for each in (found.low, found.high, found.written)))
        case _:
            return None


def rate(later: Interval, earlier: Interval) -> Interval | None:
    """Growth from the earlier to the later level in per cent; None where the earlier one may be nought or less."""
    if earlier.low <= 0:
        return None
    return (later / earlier - _ONE) * _HUNDRED


def growth_rate(growth: Stated) -> Interval | None:
    """The growth in per cent: 5.6 for 增长5.6%, 180 for 增长1.8倍."""
    factor = growth_factor(growth)
    return None if factor is None else (factor - _ONE) * _HUNDRED


def same_measure(level: Stated, change: Stated) -> bool:
    """Whether a change can be added to a level: it has its unit, or is points of its percentage."""
    unit = change.figure.unit
    return level.figure.unit == _POINTS.get(unit, unit)
