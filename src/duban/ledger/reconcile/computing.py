"""What a report says in another kind than was promised, computed where that can be done.

A growth promised and a level reported are two sides of one thing if last year's level is known too; but published numbers
are rounded, so the computed one is an interval, and only what holds for both its ends is taken for the answer.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from duban.catalogue import indicators
from duban.catalogue.entries import Prices
from duban.ledger.reconcile.report import span_of
from duban.quantities.conversion import in_unit
from duban.reading.model import Kind, Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.ledger.reconcile.answers import Answers
    from duban.ledger.reconcile.report import Stated
    from duban.ledger.reconcile.targets import Goal
    from duban.reading.model import Figure

__all__ = ["Computed", "compute", "interval"]


_PRINTED = re.compile(r"[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?")


class Computed(NamedTuple):
    """The ends of what was computed, and the stated figures it came from: the later report's own first."""

    low: Decimal
    high: Decimal
    sources: tuple[Stated, ...]


class Interval(NamedTuple):
    """All that a rounded number may stand for."""

    low: Decimal
    high: Decimal


def compute(goal: Goal, before: Answers, after: Answers) -> Computed | None:
    """The result of a target in the target's own kind, from figures of another kind; None where there is no way.

    For targets of a single year. `before` are the results of the report that set the target (of the year before), `after` those of the one that answers.
    Never computed: growth in constant prices from levels, which are in the prices of their years.
    """
    code, kind = goal.link.code, goal.stated.figure.kind
    span = span_of(goal.stated.figure.period)
    if code is None or goal.stated.figure.place is not None or (span is not None and span.first != span.last):
        return None
    year = goal.sought.year
    last = before.of_code(code, Kind.LEVEL, year - 1)
    if last is None:
        return None
    if kind in {Kind.GROWTH, Kind.CHANGE}:
        return _from_levels(goal, last, after.of_code(code, Kind.LEVEL, year))
    if kind is Kind.LEVEL:
        return _from_difference(goal, last, after, year)
    return None


def interval(text: str, value: Decimal, qualifier: Qualifier = Qualifier.EXACT) -> Interval | None:
    """The numbers that are printed as this one: half of the last digit printed on either side.

    `text` is the number as written, `value` what it was read as. None where it is only a bound, or not in digits.

    >>> interval("5.6%", Decimal("5.6"))
    Interval(low=Decimal('5.55'), high=Decimal('5.65'))
    >>> interval("612.5亿元", Decimal("61250000000")).high
    Decimal('61255000000.00')
    """
    printed = _PRINTED.search(text)
    if qualifier is not Qualifier.EXACT or printed is None or value == 0:
        return None
    number = Decimal(unicodedata.normalize("NFKC", printed[0]).replace(",", ""))
    if number == 0:
        return None
    half = Decimal(5).scaleb(int(number.as_tuple().exponent) - 1) * abs(value / number)
    return Interval(value - half, value + half)


def _from_levels(goal: Goal, last: Stated, this: Stated | None) -> Computed | None:
    """Growth or change between two levels."""
    if this is None:
        return None
    ends = _levels(last, this)
    if ends is None:
        return None
    old, new = ends
    if goal.stated.figure.kind is Kind.CHANGE:
        return _difference(goal, old, new, (this, last))
    if _in_constant_prices(goal) or old.low <= 0 or goal.stated.figure.unit != "%":
        return None
    return Computed((new.low / old.high - 1) * 100, (new.high / old.low - 1) * 100, (this, last))


def _difference(goal: Goal, old: Interval, new: Interval, sources: tuple[Stated, ...]) -> Computed | None:
    """How much a level moved; of a rate, in percentage points."""
    unit, of = goal.stated.figure.unit, sources[0].figure.unit
    if of == "%":
        return Computed(new.low - old.high, new.high - old.low, sources) if unit == "个百分点" else None
    low, high = in_unit(new.low - old.high, of, unit), in_unit(new.high - old.low, of, unit)
    return None if low is None or high is None else Computed(low, high, sources)


def _from_difference(goal: Goal, last: Stated, after: Answers, year: int) -> Computed | None:
    """A level from the one before and its growth or change."""
    code, unit = goal.link.code, goal.stated.figure.unit
    assert code is not None  # noqa: S101 - the caller looked
    old = _in(last, unit)
    if old is None:
        return None
    for made in _moved(old, last, after, code, year, constant=_in_constant_prices(goal)):
        return made
    return None


def _moved(
    old: Interval, last: Stated, after: Answers, code: str, year: int, *, constant: bool
) -> Iterator[Computed]:
    change = after.of_code(code, Kind.CHANGE, year)
    if change is not None and change.figure.unit in {last.figure.unit, "个百分点"}:
        by = _printed(change.figure)
        if by is not None and (change.figure.unit == "个百分点") == (last.figure.unit == "%"):
            yield Computed(old.low + by.low, old.high + by.high, (change, last))
    growth = after.of_code(code, Kind.GROWTH, year)
    if growth is not None and growth.figure.unit == "%" and not constant:
        by = _printed(growth.figure)
        if by is not None:
            low, high = old.low * (1 + by.low / 100), old.high * (1 + by.high / 100)
            yield Computed(low, high, (growth, last))


def _levels(last: Stated, this: Stated) -> tuple[Interval, Interval] | None:
    """Both levels in the later one's unit."""
    old, new = _in(last, this.figure.unit), _in(this, this.figure.unit)
    return None if old is None or new is None else (old, new)


def _in(stated: Stated, unit: str) -> Interval | None:
    """What a level may stand for, in another unit."""
    figure = stated.figure
    known = _printed(figure)
    if known is None:
        return None
    low, high = in_unit(known.low, figure.unit, unit), in_unit(known.high, figure.unit, unit)
    return None if low is None or high is None else Interval(low, high)


def _printed(figure: Figure) -> Interval | None:
    return interval(figure.text, figure.value, figure.qualifier) if figure.high is None else None


def _in_constant_prices(goal: Goal) -> bool:
    """Whether the indicator's growth is counted in constant prices."""
    code = goal.link.code
    return code is not None and indicators()[code].prices is Prices.CONSTANT
