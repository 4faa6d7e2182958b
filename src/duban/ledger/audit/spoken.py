"""Numbers of a sum, written in the magnitude of the figure that they are compared with."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TYPE_CHECKING

from duban.ledger.audit.digits import INFINITY, last_place

if TYPE_CHECKING:
    from duban.ledger.audit.interval import Interval
    from duban.ledger.audit.rules import Rules
    from duban.reading.model import Figure

__all__ = ["like", "percent", "plain", "signed", "span"]

_MAGNITUDES = (
    ("万亿", Decimal(10) ** 12),
    ("亿", Decimal(10) ** 8),
    ("万", Decimal(10) ** 4),
    ("", Decimal(1)),
)


def like(value: Decimal, figure: Figure, rules: Rules) -> str:
    """The value as the figure is written: its magnitude, one decimal more than it gives.

    A percentage point is written as %: a sum has no room for more.
    """
    name, magnitude = _magnitude(figure)
    unit = {"个百分点": "%", "个千分点": "‰"}.get(figure.unit, figure.unit)
    places = _places(last_place(figure, rules) / magnitude)
    return f"{plain(value / magnitude, places)}{name}{unit}"


def span(interval: Interval, figure: Figure, rules: Rules) -> str:
    """The ends of an interval, written like the figure."""
    low = "-∞" if interval.low == -INFINITY else like(interval.low, figure, rules)
    high = "∞" if interval.high == INFINITY else like(interval.high, figure, rules)
    return f"{low} … {high}"


def percent(value: Decimal, places: int = 1) -> str:
    """A rate, with its sign where it is negative."""
    return f"{plain(value, places)}%"


def plain(value: Decimal, places: int) -> str:
    """At most so many decimals, without noughts at the end.

    >>> plain(Decimal("1921.70"), 2), plain(Decimal("1000"), 0)
    ('1921.7', '1000')
    """
    with localcontext(prec=max(28, value.adjusted() + places + 2)):
        text = f"{value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _magnitude(figure: Figure) -> tuple[str, Decimal]:
    size = abs(figure.value)
    for name, magnitude in _MAGNITUDES:
        if name and name in figure.text and size >= magnitude / 100:
            return name, magnitude
    return "", Decimal(1)


def _places(unit: Decimal) -> int:
    """One decimal more than the last place has."""
    return max(0, -unit.adjusted()) + 1 if unit else 0


def signed(figure: Figure) -> str:
    """A growth with its sign before it: + 5.6%, − 3%, + 1.8倍."""
    unit = figure.unit
    return f"{'−' if figure.value < 0 else '+'} {plain(abs(figure.value), 4)}{unit}"
