"""Last year's level × (1 + growth), or + change, is this year's level, within rounding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.audit.basis import at_constant_prices, at_current_prices
from duban.ledger.audit.interval import Interval, exactly
from duban.ledger.audit.slips import slipped
from duban.ledger.audit.spoken import like, percent, signed, span
from duban.ledger.audit.sums import finite, growth_factor, same_measure
from duban.ledger.audit.yearly import yearly
from duban.ledger.model import Gravity
from duban.reading.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.rules import Rules
    from duban.ledger.audit.stated import Stated
    from duban.ledger.audit.yearly import Yearly
    from duban.ledger.model import Finding

__all__ = ["ImpliedPrices", "LevelAndGrowth"]

_LAST_INFLATION = 1995


class LevelAndGrowth:
    """A level that last year's level and the growth or change stated do not give."""

    name = "level_and_growth"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for each in yearly(case):
            now = finite(each.level)
            reckoned = [
                (base, got) for base in each.bases if (got := _reckoned(base, each, case.rules)) is not None
            ]
            if now is None or not reckoned:
                continue
            base, got = reckoned[-1]
            figures = (each.level, each.said, base)
            if slipped(each.level, base, case.rules) or case.holds(
                self, (figure.evidence for figure in figures), any(got.meets(now) for _, got in reckoned)
            ):
                continue
            yield case.found(
                self,
                _gravity(case, base, each, got, now),
                (figure.evidence for figure in figures),
                done=(
                    f"{_sum(base, each.said)} = {like(got.written, each.level.figure, case.rules)} "
                    f"≠ {each.level.figure.text}"
                ),
                tolerance=span(got, each.level.figure, case.rules),
            )


class ImpliedPrices:
    """A level that can only have risen as it did with prices no year has seen: its base was revised, or is wrong."""

    name = "implied_prices"
    allows = "物价 prices"

    def find(self, case: Case) -> Iterator[Finding]:
        for each in yearly(case):
            now, factor = finite(each.level), growth_factor(each.said)
            if now is None or factor is None or not at_constant_prices(each.said, case.rules):
                continue
            implied = [
                (base, _prices(now, then * factor))
                for base in each.bases
                if (then := finite(base, each.level)) is not None and then.low > 0 and factor.low > 0
            ]
            allowed = _allowed(each.level.year, case.rules)
            if not implied:
                continue
            base, prices = implied[-1]
            figures = (each.level, each.said, base)
            if slipped(each.level, base, case.rules) or case.holds(
                self,
                (figure.evidence for figure in figures),
                any(prices.meets(allowed) for _, prices in implied),
            ):
                continue
            yield case.found(
                self,
                Gravity.NOTE,
                (figure.evidence for figure in figures),
                done=(
                    f"{each.level.figure.text} ÷ ({base.figure.text} × (1 {signed(each.said.figure)})) − 1 = "
                    f"{percent(prices.written)}"
                ),
                tolerance=f"{percent(allowed.low)} … {percent(allowed.high)}",
            )


def _reckoned(base: Stated, each: Yearly, rules: Rules) -> Interval | None:
    """The year's level by last year's and what is said of it; None where that cannot be reckoned."""
    then, said = finite(base, each.level), finite(each.said)
    if then is None or said is None:
        return None
    if each.said.kind is Kind.CHANGE:
        return (
            then + said
            if same_measure(each.level, each.said) and "comparable" not in each.said.scope
            else None
        )
    factor = growth_factor(each.said)
    return then * factor if factor is not None and at_current_prices(each.said, rules) else None


def _sum(base: Stated, said: Stated) -> str:
    if said.kind is Kind.CHANGE:
        return f"{base.figure.text} {'−' if said.value < 0 else '+'} {said.figure.text}"
    return f"{base.figure.text} × (1 {signed(said.figure)})"


def _gravity(case: Case, base: Stated, each: Yearly, got: Interval, now: Interval) -> Gravity:
    """Within one report nothing was revised; between two a small distance is last year's level put right."""
    if base.document == case.sheet.document.sha256 and each.level.exact and each.said.exact and base.exact:
        return Gravity.CONTRADICTION
    near = got.gap(now) <= case.rules.number("revised.note") * abs(got.written)
    return Gravity.NOTE if near else Gravity.DOUBT


def _prices(now: Interval, at_last_prices: Interval) -> Interval:
    return (now / at_last_prices - exactly(1)) * exactly(100)


def _allowed(year: int | None, rules: Rules) -> Interval:
    """The change of prices, in per cent, that is not remarked upon."""
    inflation = year is not None and year <= _LAST_INFLATION
    fall, rise = rules.number("prices.fall"), rules.number("prices.inflation" if inflation else "prices.rise")
    return Interval(-fall, rise, exactly(0).written)
