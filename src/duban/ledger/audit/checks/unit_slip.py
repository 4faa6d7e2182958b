"""万 for 亿: a level some ten thousand times what the same thing is said to be elsewhere, or was the year before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.audit.past import levels_in, same_period
from duban.ledger.audit.slips import slipped
from duban.ledger.audit.spoken import plain
from duban.ledger.model import Gravity
from duban.reading.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.stated import Stated
    from duban.ledger.model import Finding

__all__ = ["Jump", "UnitSlip"]


class UnitSlip:
    """A level ten thousand times, or a ten-thousandth of, another statement of the same thing."""

    name = "unit_slip"
    allows = "增长 growth"

    def find(self, case: Case) -> Iterator[Finding]:
        for index, level in enumerate(case.sheet.figures):
            if level.kind is not Kind.LEVEL or level.code is None or not level.alone or level.year is None:
                continue
            others = list(self._others(case, level, index))
            other = next((each for each in others if slipped(level, each, case.rules)), None)
            if others:
                case.holds(self, (level.evidence, (other or others[0]).evidence), other is None)
            if other is None:
                continue
            same = other.figure.period == level.figure.period
            ratio = level.value / (other.value_like(level) or level.value)
            yield case.found(
                self,
                Gravity.CONTRADICTION if same else Gravity.DOUBT,
                (level.evidence, other.evidence),
                done=f"{level.figure.text} ÷ {other.figure.text} = {plain(ratio, 0) if ratio > 1 else plain(ratio, 8)}",
                tolerance=f"10000 ×÷ {case.rules.number('slip.near')}",
            )

    @staticmethod
    def _others(case: Case, level: Stated, index: int) -> Iterator[Stated]:
        """Earlier statements of the same thing in the same year, then of the year before."""
        for each in case.sheet.figures[:index]:
            same = each.name == level.name and each.kind is Kind.LEVEL and each.year == level.year
            if same and each.same_thing(level) and each.alone:
                yield each
        yield from same_period(case, level)
        if level.happened:
            yield from levels_in(case, level, (level.year or 0) - 1)


class Jump:
    """A level twice last year's, or half of it, of what does not change so within a year."""

    name = "jump"
    allows = "增长 growth"

    def find(self, case: Case) -> Iterator[Finding]:
        near = case.rules.number("jump.near")
        for level in case.sheet.figures:
            base = self._base(case, level)
            before = None if base is None else base.value_like(level)
            if base is None or before is None or before <= 0 or level.value <= 0:
                continue
            if slipped(level, base, case.rules):
                continue
            ratio = level.value / before
            if case.holds(self, (level.evidence, base.evidence), 1 / near < ratio < near):
                continue
            yield case.found(
                self,
                Gravity.DOUBT,
                (level.evidence, base.evidence),
                done=f"{level.figure.text} ÷ {base.figure.text} = {plain(ratio, 2)}",
                tolerance=f"1 ×÷ {near}",
            )

    @staticmethod
    def _base(case: Case, level: Stated) -> Stated | None:
        """Last year's level of what does not change much, where both are sure."""
        if level.kind is not Kind.LEVEL or not level.happened or level.year is None or level.code is None:
            return None
        sure = (
            level.exact and level.alone and level.dated and case.rules.codes["smooth"].hold(level.code, None)
        )
        found = (
            [each for each in levels_in(case, level, level.year - 1) if each.exact and each.alone]
            if sure
            else []
        )
        return found[-1] if found else None
