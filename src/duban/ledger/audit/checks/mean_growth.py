"""The five years of a plan: their growth and their amounts against what is said of them together."""

from __future__ import annotations

from functools import reduce
from operator import add, mul
from typing import TYPE_CHECKING

from duban.ledger.audit.basis import at_current_prices
from duban.ledger.audit.interval import Interval, exactly
from duban.ledger.audit.moves import moves
from duban.ledger.audit.past import levels_in
from duban.ledger.audit.spoken import like, percent, plain, span
from duban.ledger.audit.sums import finite, growth_factor, growth_rate
from duban.ledger.audit.yearly import on_last_year
from duban.ledger.model import Gravity
from duban.reading.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.stated import Stated
    from duban.ledger.model import Finding

__all__ = ["MeanGrowth", "PlanPeriod"]

_ONE = exactly(1)
_HUNDRED = exactly(100)
_SHORTEST, _LONGEST = 2, 10
"""Years of a period that is looked at."""


class MeanGrowth:
    """由A增加到B, 年均增长g: the growth that takes A to B in so many years."""

    name = "mean_growth"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for earlier, later, said in _spans(case):
            one, other, stated = finite(earlier, later), finite(later), growth_rate(said)
            years = (later.last_year or 0) - (earlier.last_year or 0)
            if (
                one is None
                or other is None
                or stated is None
                or one.low <= 0
                or other.low <= 0
                or years < _SHORTEST
            ):
                continue
            got = ((other / one).root(years) - _ONE) * _HUNDRED
            figures = (later, said, earlier)
            if case.holds(self, (each.evidence for each in figures), got.meets(stated)):
                continue
            same_report = earlier.document == later.document
            yield case.found(
                self,
                Gravity.CONTRADICTION if same_report and earlier.exact and later.exact else Gravity.NOTE,
                (each.evidence for each in figures),
                done=(
                    f"({later.figure.text} ÷ {earlier.figure.text})^(1/{years}) − 1 = {percent(got.written, 2)} "
                    f"≠ {said.figure.text}"
                ),
                tolerance=f"{percent(got.low, 2)} … {percent(got.high, 2)}",
            )


class PlanPeriod:
    """Annual figures of every year of a period against the mean or the sum stated for it."""

    name = "plan_period"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for said in case.sheet.figures:
            if said.code is None or said.span is None or not said.happened or finite(said) is None:
                continue
            annual = _annual(case, said)
            reckoned = None if annual is None else _together(said, annual)
            stated = growth_rate(said) if said.kind is not Kind.LEVEL else finite(said)
            if annual is None or reckoned is None or stated is None:
                continue
            got, sum_ = reckoned
            figures = (said, *annual)
            if case.holds(self, (each.evidence for each in figures), got.meets(stated)):
                continue
            middle = (
                percent(got.written, 2)
                if said.kind is not Kind.LEVEL
                else like(got.written, said.figure, case.rules)
            )
            limits = (
                f"{percent(got.low, 2)} … {percent(got.high, 2)}"
                if said.kind is not Kind.LEVEL
                else span(got, said.figure, case.rules)
            )
            yield case.found(
                self,
                Gravity.NOTE,
                (each.evidence for each in figures),
                done=f"{sum_} = {middle} ≠ {said.figure.text}",
                tolerance=limits,
            )


def _spans(case: Case) -> Iterator[tuple[Stated, Stated, Stated]]:
    """A level, a later one, and the mean growth from the one to the other."""
    seen: set[int] = set()
    for _sentence, figures in case.sheet.by_sentence():
        for move in moves(case.sheet, figures):
            for said in move.said:
                if said.kind is Kind.AVG_GROWTH and at_current_prices(said, case.rules):
                    seen.add(said.figure.start)
                    yield move.earlier, move.later, said
    for said in case.sheet.figures:
        if (
            said.kind is not Kind.AVG_GROWTH
            or said.span is None
            or said.figure.start in seen
            or not said.happened
        ):
            continue
        if said.code is None or not at_current_prices(said, case.rules):
            continue
        later = _level_of(case, said, said.span[1])
        earlier = _level_of(case, said, said.span[0] - 1)
        if earlier is not None and later is not None:
            yield earlier, later, said


def _level_of(case: Case, said: Stated, year: int) -> Stated | None:
    """What was last said of the level of a year of the thing whose growth is stated."""
    sample = next(
        (
            each
            for each in case.sheet.of(said.name)
            if each.kind is Kind.LEVEL and each.figure.place == said.figure.place
        ),
        None,
    )
    if sample is None:
        return None
    found = levels_in(case, sample, year)
    return found[-1] if found else None


def _annual(case: Case, said: Stated) -> Sequence[Stated] | None:
    """The annual figure of every year of a period, each as the report on that year gave it; None if one is wanting."""
    first, last = said.span or (0, 0)
    if not _SHORTEST <= last - first + 1 <= _LONGEST:
        return None
    kind = Kind.LEVEL if said.kind is Kind.LEVEL else Kind.GROWTH
    if said.kind not in {Kind.LEVEL, Kind.AVG_GROWTH, Kind.GROWTH} or case.rules.pattern("each_year").search(
        said.clause
    ):
        return None
    by_year: dict[int, Stated] = {}
    for each in (
        *case.series.values(said.name, said.home, before=case.sheet.year),
        *case.sheet.of(said.name),
    ):
        year = each.year
        if year is None or each.kind is not kind or not each.happened or each.report != year + 1:
            continue
        if each.figure.place != said.figure.place or finite(each) is None or not first <= year <= last:
            continue
        if kind is Kind.LEVEL and (each.times(said) is None or not each.alone):
            continue
        if kind is Kind.GROWTH and not on_last_year(each, case.rules):
            continue
        by_year.setdefault(year, each)
    return [by_year[year] for year in sorted(by_year)] if len(by_year) == last - first + 1 else None


def _together(said: Stated, annual: Sequence[Stated]) -> tuple[Interval, str] | None:
    """What the annual figures give together, and the sum in words."""
    if said.kind is Kind.LEVEL:
        amounts = [found for each in annual if (found := finite(each, said)) is not None]
        total = reduce(add, amounts)
        words = " + ".join(each.figure.text for each in annual)
        return (
            (total / exactly(len(annual)), f"({words}) ÷ {len(annual)}")
            if "mean" in said.scope
            else (total, words)
        )
    factors = [found for each in annual if (found := growth_factor(each)) is not None]
    if len(factors) != len(annual):
        return None
    grown = reduce(mul, factors)
    words = " × ".join(plain(factor.written, 4) for factor in factors)
    if said.kind is Kind.GROWTH:
        return (grown - _ONE) * _HUNDRED, f"{words} − 1"
    mean = grown.root(len(annual))
    return (mean - _ONE) * _HUNDRED, f"({words})^(1/{len(annual)}) − 1"
