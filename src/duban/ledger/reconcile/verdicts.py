"""A number promised and a number reached → the verdict, with the rule that decided it."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from duban.ledger.model import Verdict
from duban.ledger.reconcile.rules import in_force
from duban.reading.model import Qualifier

if TYPE_CHECKING:
    from duban.ledger.reconcile.rules import Rules

__all__ = ["Better", "Judgement", "Number", "Sought", "judge"]


class Better(StrEnum):
    """Which side of the number is the better one."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"
    """The number itself: too much is as bad as too little."""


class Number(NamedTuple):
    """A stated number, in the unit of the target."""

    value: Decimal
    high: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT


class Sought(Struct, frozen=True, kw_only=True):
    """What a target asks for, with everything that its verdict depends on."""

    number: Number
    better: Better
    year: int
    """The year it is due in: the rules of that year hold."""
    rate: bool = False
    """Whether it is a percentage, whose margin is counted in points."""
    work: bool = False
    """Whether it is an amount of work, which may be done in part."""
    ceiling: bool = False
    """Whether N左右 is understood as no more than N: less is then met, not exceeded."""
    base: Decimal | None = None
    """Where the way to it began: the 14 of 由14家整合至8家."""
    stretch: Decimal | None = None
    """A number beyond it that the report strives for: the 8 of 增长7%以上、力争8%."""


class Judgement(NamedTuple):
    """A verdict and the codes of what led to it, the deciding one first (docs: reference, reconcile)."""

    verdict: Verdict
    reasons: tuple[str, ...]


_LOWER_BOUND = frozenset({Qualifier.AT_LEAST, Qualifier.OVER})
_FLIPPED = {Better.MORE: Better.LESS, Better.LESS: Better.MORE, Better.NEITHER: Better.NEITHER}


def judge(sought: Sought, reached: Number, rules: Rules) -> Judgement:
    """The verdict on a result: met, exceeded, partly or missed.

    >>> from duban.ledger.reconcile.rules import default_rules
    >>> target = Sought(number=Number(Decimal(5), None, Qualifier.ABOUT), better=Better.MORE, year=2025, rate=True)
    >>> judge(target, Number(Decimal("4.8")), default_rules())
    Judgement(verdict=<Verdict.MET: 'met'>, reasons=('within_margin',))
    """
    sought, reached = _upright(sought, reached)
    found = _judged(sought, reached, rules)
    if sought.stretch is not None and found.verdict in {Verdict.MET, Verdict.EXCEEDED}:
        far = _compared(reached, sought.stretch, sought.better) >= 0
        return Judgement(
            Verdict.EXCEEDED if far else found.verdict,
            ("stretch_reached", *found.reasons) if far else (*found.reasons, "stretch_not_reached"),
        )
    return found


def _upright(sought: Sought, reached: Number) -> tuple[Sought, Number]:
    """A reduction (下降3.2%, read as -3.2) as an amount of reducing: 以上 then means 3.2 or more of it."""
    number = sought.number
    if number.value >= 0 or sought.base is not None:
        return sought, reached
    turned = Sought(
        number=_negated(number),
        better=Better.MORE,
        year=sought.year,
        rate=sought.rate,
        work=sought.work,
        stretch=None if sought.stretch is None else -sought.stretch,
    )
    return turned, _negated(reached)


def _negated(number: Number) -> Number:
    """The number with the other sign; of a range the ends change places, of a stated rise or fall the words hold."""
    low = number.value if number.high is None else number.high
    high = None if number.high is None else -number.value
    return Number(-low, high, number.qualifier)


def _judged(sought: Sought, reached: Number, rules: Rules) -> Judgement:
    number = sought.number
    if number.high is not None:
        return _of_range(sought, reached, rules)
    if number.qualifier in _LOWER_BOUND:
        return _of_bound(sought, reached, Better.MORE, rules)
    if number.qualifier is Qualifier.AT_MOST:
        return _of_bound(sought, reached, Better.LESS, rules)
    if number.qualifier is Qualifier.NEARLY:
        share = in_force(rules.nearly, sought.year).share
        return _of_band(sought, reached, abs(number.value) * share, rules, below_only=True)
    if number.qualifier is Qualifier.ABOUT or sought.better is Better.NEITHER:
        return _of_band(sought, reached, _margin(sought, rules), rules)
    return _of_point(sought, reached, rules)


def _of_bound(sought: Sought, reached: Number, side: Better, rules: Rules) -> Judgement:
    """以上, 不低于, 突破; 以内, 不超过. The bound's side counts, whatever is better for the indicator."""
    gap = _compared(reached, sought.number.value, side)
    if gap < 0:
        return _short(sought, reached, rules, "bound_broken")
    beyond = gap > 0 and in_force(rules.bounds, sought.year).exceeded
    return Judgement(Verdict.EXCEEDED if beyond else Verdict.MET, ("bound_kept",))


def _of_range(sought: Sought, reached: Number, rules: Rules) -> Judgement:
    """5%—5.5%, 30到40家."""
    low, high = sought.number.value, sought.number.high
    assert high is not None  # noqa: S101 - the caller looked
    above = _compared(reached, high, Better.MORE) > 0
    below = _compared(reached, low, Better.MORE) < 0
    if not above and not below:
        return Judgement(Verdict.MET, ("in_range",))
    if (above and sought.better is Better.MORE) or (below and sought.better is Better.LESS):
        return Judgement(Verdict.EXCEEDED, ("beyond_range",))
    return _short(sought, reached, rules, "outside_range")


def _of_band(
    sought: Sought, reached: Number, margin: Decimal, rules: Rules, *, below_only: bool = False
) -> Judgement:
    """N左右; and a plain N where neither side is the better one."""
    middle = sought.number.value
    above = _compared(reached, middle if below_only else middle + margin, Better.MORE) > 0
    below = _compared(reached, middle - margin, Better.MORE) < 0
    if not above and not below:
        return Judgement(Verdict.MET, ("reached" if reached.value == middle else "within_margin",))
    if below and sought.ceiling:
        return Judgement(Verdict.MET, ("under_ceiling",))
    if (above and sought.better is Better.MORE) or (below and sought.better is Better.LESS):
        return Judgement(Verdict.EXCEEDED, ("better_than_margin",))
    return _short(
        sought, reached, rules, "off_target" if sought.better is Better.NEITHER else "beyond_margin"
    )


def _of_point(sought: Sought, reached: Number, rules: Rules) -> Judgement:
    """A plain number: reached, surpassed, or not."""
    gap = _compared(reached, sought.number.value, sought.better)
    if gap == 0:
        return Judgement(Verdict.MET, ("reached",))
    if gap > 0:
        return Judgement(Verdict.EXCEEDED, ("surpassed",))
    return _short(sought, reached, rules, "fell_short")


def _short(sought: Sought, reached: Number, rules: Rules, reason: str) -> Judgement:
    """What was not reached: in part, where it is an amount of work or a way gone, else missed."""
    goal, value = sought.number.value, reached.value
    if sought.base is not None and goal != sought.base:
        gone = (value - sought.base) / (goal - sought.base)
        if gone >= in_force(rules.way, sought.year).share:
            return Judgement(Verdict.PARTLY, ("part_of_the_way", reason))
    elif sought.work and goal > 0 and value >= goal * in_force(rules.work, sought.year).share:
        return Judgement(Verdict.PARTLY, ("part_of_the_work", reason))
    return Judgement(Verdict.MISSED, (reason,))


def _margin(sought: Sought, rules: Rules) -> Decimal:
    rule = in_force(rules.about, sought.year)
    share = abs(sought.number.value) * rule.share
    return max(share, rule.points) if sought.rate else share


def _compared(reached: Number, limit: Decimal, better: Better) -> int:
    """1 where the result is on the better side of the limit, 0 where it is at it, -1 where on the worse.

    A result that is itself a bound (超120万人, 近5万) is a little beyond its number. Of a range the worse end counts.
    """
    more = better is not Better.LESS
    value = reached.value if more or reached.high is None else reached.high
    if value == limit:
        nudge = {Qualifier.OVER: 1, Qualifier.NEARLY: -1}.get(reached.qualifier, 0)
        return nudge if more else -nudge
    return 1 if (value > limit) is more else -1
