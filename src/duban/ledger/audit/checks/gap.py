"""高于全国0.7个百分点: one's own growth less the gap is the nation's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.audit.interval import exactly
from duban.ledger.audit.spoken import percent
from duban.ledger.audit.sums import finite
from duban.ledger.audit.yearly import on_last_year
from duban.ledger.model import Gravity
from duban.reading.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.stated import Stated
    from duban.ledger.model import Finding

__all__ = ["Gap"]

_NATION = "全国"
_TO = 12


class Gap:
    """A gap to the nation's growth that the national report does not bear out."""

    name = "gap"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for gap in case.sheet.figures:
            sign = _sign(case, gap)
            own = _growth_before(case, gap)
            if sign == 0 or own is None or own.year is None:
                continue
            nation = _nation(case, own)
            mine, between = finite(own), finite(gap)
            theirs = None if nation is None else finite(nation)
            if nation is None or mine is None or between is None or theirs is None:
                continue
            apart = between if gap.value >= 0 else between * exactly(-1)
            got = mine - apart if sign > 0 else mine + apart
            evidence = (own.evidence, gap.evidence, nation.evidence)
            if case.holds(self, evidence, got.meets(theirs)):
                continue
            yield case.found(
                self,
                Gravity.DOUBT,
                evidence,
                done=(
                    f"{own.figure.text} {'−' if sign > 0 else '+'} {gap.figure.text} = {percent(got.written, 2)} "
                    f"≠ {_NATION} {nation.figure.text}"
                ),
                tolerance=f"{percent(got.low, 2)} … {percent(got.high, 2)}",
            )


def _sign(case: Case, gap: Stated) -> int:
    """1 for 高于全国, -1 for 低于全国, 0 for anything else in percentage points."""
    if gap.kind is not Kind.CHANGE or gap.figure.unit != "个百分点":
        return 0
    for name, sign in (("above_nation", 1), ("below_nation", -1)):
        if case.rules.pattern(name).search(gap.before):
            return sign
    return 0


def _growth_before(case: Case, gap: Stated) -> Stated | None:
    """The growth that a gap is of: the figure right before it."""
    figures = [
        each for each in case.sheet.in_sentence_of(gap.figure.start) if each.figure.end <= gap.figure.start
    ]
    if not figures:
        return None
    own = figures[-1]
    near = gap.figure.start - own.figure.end <= _TO
    real = (
        own.kind is Kind.GROWTH
        and own.happened
        and own.figure.place is None
        and on_last_year(own, case.rules)
    )
    return own if near and real and own.code is not None else None


def _nation(case: Case, own: Stated) -> Stated | None:
    """The nation's growth of the same indicator in the same year, by the national report on it."""
    found = [
        each
        for each in case.series.values(own.name, _NATION, before=None)
        if each.kind is Kind.GROWTH and each.year == own.year and each.happened and each.figure.place is None
        and each.report == (own.year or 0) + 1 and on_last_year(each, case.rules)
    ]  # fmt: skip
    return found[0] if found else None
