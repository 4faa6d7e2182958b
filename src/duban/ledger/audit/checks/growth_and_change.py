"""由A增加到B, 增加C, 增长g: A and B give C and g; B and C give g."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from duban.ledger.audit.basis import at_current_prices
from duban.ledger.audit.moves import moves, said_of
from duban.ledger.audit.spoken import like, span
from duban.ledger.audit.sums import finite, growth_rate, rate, same_measure
from duban.ledger.model import Gravity
from duban.reading.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.interval import Interval
    from duban.ledger.audit.moves import Move
    from duban.ledger.audit.stated import Stated
    from duban.ledger.model import Finding

__all__ = ["GrowthAndChange"]

_THAN = re.compile("[比较同]")
_LAST_YEAR = re.compile("比上年|比去年|同比|较上年|较去年|比上一年")


class GrowthAndChange:
    """A growth or a change that the two values beside it do not give."""

    name = "growth_and_change"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for _sentence, figures in case.sheet.by_sentence():
            for move in moves(case.sheet, figures):
                yield from self._of_move(case, move)
            yield from self._of_level(case, figures)

    def _of_move(self, case: Case, move: Move) -> Iterator[Finding]:
        """由A增加到B, 增加C or 增长g."""
        earlier, later = finite(move.earlier), finite(move.later)
        if earlier is None or later is None or move.later.kind is not Kind.LEVEL:
            return
        for said in move.said:
            stated, got, sum_ = finite(said), None, ""
            if said.kind is Kind.CHANGE and same_measure(move.later, said) and "mean" not in said.scope:
                got, sum_ = later - earlier, f"{move.later.figure.text} − {move.earlier.figure.text}"
            elif said.kind is Kind.GROWTH and _from_then(case, move, said):
                got, stated = rate(later, earlier), growth_rate(said)
                sum_ = f"{move.later.figure.text} ÷ {move.earlier.figure.text} − 1"
            figures = (move.earlier, move.later, said)
            if got is None or stated is None:
                continue
            if not case.holds(self, (each.evidence for each in figures), got.meets(stated)):
                yield self._found(case, figures, said, sum_, got)

    def _of_level(self, case: Case, figures: Sequence[Stated]) -> Iterator[Finding]:
        """达到B, 增加C, 增长g."""
        for index, level in enumerate(figures):
            said = tuple(said_of(level, figures[index + 1 :])) if level.kind is Kind.LEVEL else ()
            changes = [each for each in said if each.kind is Kind.CHANGE and same_measure(level, each)]
            growths = [each for each in said if each.kind is Kind.GROWTH]
            if len(changes) != 1 or len(growths) != 1 or level.figure.unit == "%":
                continue
            change, growth = changes[0], growths[0]
            if _THAN.search(_between(case, change, growth)):
                continue
            now, more, stated = finite(level), finite(change), growth_rate(growth)
            if now is None or more is None or stated is None or not at_current_prices(growth, case.rules):
                continue
            got = rate(now, now - more)
            figures_ = (level, change, growth)
            if got is None or case.holds(self, (each.evidence for each in figures_), got.meets(stated)):
                continue
            sum_ = f"{change.figure.text} ÷ ({level.figure.text} − {change.figure.text})"
            yield self._found(case, figures_, growth, sum_, got)

    def _found(
        self, case: Case, figures: tuple[Stated, ...], said: Stated, sum_: str, got: Interval
    ) -> Finding:
        exact = all(each.exact for each in figures)
        return case.found(
            self,
            Gravity.CONTRADICTION if exact else Gravity.DOUBT,
            (each.evidence for each in figures),
            done=f"{sum_} = {like(got.written, said.figure, case.rules)} ≠ {said.figure.text}",
            tolerance=span(got, said.figure, case.rules),
        )


def _between(case: Case, one: Stated, other: Stated) -> str:
    """The text between two figures, whichever comes first."""
    first, second = sorted((one.figure, other.figure), key=lambda figure: figure.start)
    return case.sheet.document.text[first.end : second.start]


def _from_then(case: Case, move: Move, growth: Stated) -> bool:
    """Whether a growth is that from the one value to the other, and in the prices they are in."""
    if not at_current_prices(growth, case.rules):
        return False
    first, last = move.earlier.year, move.later.year
    one_year = first is None or last is None or last - first in {0, 1}
    return one_year or not _LAST_YEAR.search(growth.clause)
