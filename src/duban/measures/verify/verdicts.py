"""A stated and a computed number → the verdict, at the precision of the statement.

The computed number is rounded once, from the unrounded one, to the last digit stated (GB/T 8170). At a tie either neighbour
is borne out: GB/T 8170 writes the even one, 四舍五入 the upper one, and both are in use. Words widen it: 约 and 左右 by a
twentieth, 近 and 接近 by a tenth downwards (the numbers of ledger/audit/rules.yaml), 超 and 以上 upwards, 以内 downwards.
A percentage and a percentage point are never held against one another.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, NamedTuple

from duban.errors import InputError
from duban.ledger.audit import rules
from duban.measures import units
from duban.measures.rounding import CLOSE, settle
from duban.measures.verify.model import Verdict, Why
from duban.quantities.conversion import factor
from duban.reading.model import Qualifier

if TYPE_CHECKING:
    from duban.measures.verify.model import Claim

__all__ = ["Judgement", "judge", "shown", "times"]


class Judgement(NamedTuple):
    verdict: Verdict
    why: Why


_MAGNITUDES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_FINE = Decimal("0.01")
_SAME = Judgement(Verdict.BORNE_OUT, Why.SAME)
_TIE = Judgement(Verdict.BORNE_OUT, Why.TIE)
_WITHIN = Judgement(Verdict.BORNE_OUT, Why.WITHIN)
_DIFFERS = Judgement(Verdict.CONTRADICTED, Why.DIFFERS)
_OUTSIDE = Judgement(Verdict.CONTRADICTED, Why.OUTSIDE)


def times(given: str, wanted: str) -> Decimal | None:
    """How many of the one unit one of the other is, by either list of units; None where they measure other things.

    >>> times("µg/m³", "微克/立方米"), times("亿元", "元"), times("%", "个百分点")
    (Decimal('1'), Decimal('100000000'), None)
    """
    given, one = _magnitude(given)
    wanted, other = _magnitude(wanted)
    found = _times(given, wanted)
    return None if found is None else found * one / other


def _magnitude(unit: str) -> tuple[str, Decimal]:
    """万吨 is 吨, ten thousand times."""
    size = _MAGNITUDES.get(unit[:1]) if len(unit) > 1 else None
    return (unit[1:], size) if size else (unit, Decimal(1))


def _times(given: str, wanted: str) -> Decimal | None:
    if given == wanted:
        return Decimal(1)
    found = factor(given, wanted)
    if found is not None:
        return Decimal(found.numerator) / found.denominator
    try:
        return units.convert(given, wanted)
    except InputError:
        return None


def judge(claim: Claim, number: Decimal) -> Judgement:
    """The verdict on a claim, of the unrounded computed number in the claim's unit. A fall is judged by its size."""
    if claim.step is None:
        return Judgement(Verdict.CANNOT_TELL, Why.NOT_SO_EXACT)
    value, high = claim.value, claim.high
    if value < 0:
        value, high, number = -value, (None if high is None else -high), -number
    if high is not None:
        low, high = sorted((value, high))
        within = low <= _near(number, claim.step, low) and _near(number, claim.step, high) <= high
        return _WITHIN if within else _OUTSIDE
    return _by_qualifier(claim, value, number, claim.step)


def shown(claim: Claim, number: Decimal, why: Why) -> Decimal:
    """The computed number as precise as the claim; finer, of four digits at least, where that shows why it fits or not."""
    step = claim.step or _FINE
    four = Decimal(1).scaleb(number.adjusted() - 3)
    finer = min(step / 10, four) if why in {Why.TIE, Why.WITHIN, Why.OUTSIDE} else step
    return settle(number / finer, 0) * finer


def _by_qualifier(claim: Claim, value: Decimal, number: Decimal, step: Decimal) -> Judgement:
    rounded = _near(number, step, value)
    match claim.qualifier:
        case Qualifier.ABOUT:
            reach = max(step, value * rules().number("rounding.about"))
            return _WITHIN if abs(number - value) <= reach else _OUTSIDE
        case Qualifier.NEARLY:
            least = value - max(step, value * rules().number("rounding.beyond"))
            return _WITHIN if least <= number and rounded <= value else _OUTSIDE
        case Qualifier.OVER:
            return _WITHIN if value < number and (not claim.more or number < _next(value)) else _OUTSIDE
        case Qualifier.AT_LEAST:
            return _WITHIN if rounded >= value else _OUTSIDE
        case Qualifier.AT_MOST:
            return _WITHIN if rounded <= value else _OUTSIDE
    if rounded != value:
        return _DIFFERS
    return _TIE if _is_tie(number, step) else _SAME


def _next(value: Decimal) -> Decimal:
    """One more of its last digit that is no nought: what 620多 and 20多万 do not reach, 630 and 30万."""
    return value + Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))


def _near(number: Decimal, step: Decimal, value: Decimal) -> Decimal:
    """The number rounded to whole steps; at a tie to `value` where that is one of the two neighbours."""
    if _is_tie(number, step):
        below = (number / step - Decimal(CLOSE)).to_integral_value(ROUND_FLOOR) * step
        if value in {below, below + step}:
            return value
    return settle(number / step, 0) * step


def _is_tie(number: Decimal, step: Decimal) -> bool:
    """Whether the number lies midway between two roundings, as near as a float can tell."""
    scaled = number / step
    over = scaled - scaled.to_integral_value(ROUND_FLOOR) - Decimal("0.5")
    return abs(over) <= _slack(scaled) + Decimal(CLOSE)


def _slack(number: Decimal) -> Decimal:
    return abs(number) * Decimal(CLOSE)
