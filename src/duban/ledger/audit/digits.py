"""A figure as written → the numbers it may stand for, by its digits and its qualifier."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from duban.ledger.audit.interval import Interval
from duban.quantities.words import units
from duban.reading.model import Qualifier

if TYPE_CHECKING:
    from duban.ledger.audit.rules import Rules
    from duban.reading.model import Figure

__all__ = ["INFINITY", "as_written", "could_be", "last_place"]

INFINITY = Decimal("Infinity")
_NUMERAL = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:[.·]\d+)?")
_RATES = frozenset({"%", "‰", "个百分点", "个千分点", "倍"})
_MORE = re.compile("[多余餘几来]")
_COUNTED = frozenset({"count", "person", "time"})
_VAGUE = re.compile("分之|一半|过半|成")


def could_be(figure: Figure, rules: Rules) -> Interval | None:
    """The numbers that a figure may stand for; None where its words are no measure (三分之二, 近七成).

    >>> from duban.ledger.audit.rules import rules
    >>> import duban
    >>> figure = duban.read("全年生产总值达到1921.7亿元。").figures[0]
    >>> could_be(figure, rules())
    Interval(low=Decimal('192165000000.00'), high=Decimal('192180000000.0'), written=Decimal('192170000000.0'))
    """
    if _VAGUE.search(figure.text):
        return None
    place = last_place(figure, rules)
    low = _side(figure.value, figure, place, rules)
    if figure.high is None:
        return low
    high = _side(figure.high, figure, place, rules)
    return Interval(low.low, high.high, (figure.value + figure.high) / 2)


def _side(value: Decimal, figure: Figure, place: Decimal, rules: Rules) -> Interval:
    """The numbers that one end of a figure may stand for."""
    sign = -1 if value < 0 else 1
    near, far = _reach(abs(value), figure, place, rules)
    return Interval(near, far, value) if sign > 0 else Interval(-far, -near, value)


def _reach(size: Decimal, figure: Figure, place: Decimal, rules: Rules) -> tuple[Decimal, Decimal]:
    """The least and the greatest size."""
    beyond = size * rules.number("rounding.beyond")
    match figure.qualifier:
        case Qualifier.ABOUT:
            reach = max(place, size * rules.number("rounding.about"))
            return size - reach, size + reach
        case Qualifier.NEARLY:
            return size - max(place, beyond), size
        case Qualifier.OVER:
            return size, size + (place if _MORE.search(figure.text) else max(place, beyond))
        case Qualifier.AT_LEAST:
            return size, INFINITY
        case Qualifier.AT_MOST:
            return -INFINITY, size
        case _:
            below, above = rules.number("rounding.below"), rules.number("rounding.above")
            return size - below * place, size + above * place


def last_place(figure: Figure, rules: Rules) -> Decimal:
    """What one unit of the last digit given is worth: 0.1亿 in 1921.7亿元, 1 in 5%, 100亿 in 1900亿元.

    0 for things counted one by one (316天, 468家): these were never rounded.
    """
    size = abs(figure.value)
    written = as_written(figure)
    if written is None:
        return _meant(size, rules) if figure.unit not in _RATES else _decimals(size)
    number, scale = written
    if not _is_power_of_ten(scale):
        return _meant(size, rules)
    if number.as_tuple().exponent != 0 or figure.unit in _RATES:
        return _decimals(number) * scale
    place = _meant(number, rules) * scale
    return Decimal(0) if place == 1 and _is_counted(figure) else place


def as_written(figure: Figure) -> tuple[Decimal, Decimal] | None:
    """The number in digits, and what one of it is worth: 1921.7 and 亿 of 1921.7亿元. None where it is in words."""
    numeral = _NUMERAL.search(unicodedata.normalize("NFKC", figure.text))
    if numeral is None:
        return None
    number = Decimal(numeral[0].replace(",", "").replace("·", "."))
    return number, abs(figure.value) / number if number else Decimal(1)


def _decimals(number: Decimal) -> Decimal:
    exponent = number.as_tuple().exponent
    return Decimal(1).scaleb(min(0, int(exponent)))


def _meant(size: Decimal, rules: Rules) -> Decimal:
    """The last place of a whole number whose noughts at the end may have been meant or not."""
    if size == 0 or size != size.to_integral_value():
        return _decimals(size)
    digits = f"{size.to_integral_value():f}"
    noughts = len(digits) - len(digits.rstrip("0"))
    return Decimal(10) ** max(0, min(noughts, len(digits) - int(rules.number("rounding.meant"))))


def _is_counted(figure: Figure) -> bool:
    unit = units().get(figure.unit)
    return unit is not None and unit.kind in _COUNTED


def _is_power_of_ten(scale: Decimal) -> bool:
    return scale > 0 and scale.normalize().as_tuple().digits == (1,)
