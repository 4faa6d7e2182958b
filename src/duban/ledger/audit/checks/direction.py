"""提高到 a lower value, 降至 a higher one, 突破 a mark that was not reached."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from duban.ledger.audit.moves import moves
from duban.ledger.audit.sums import finite
from duban.ledger.model import Gravity
from duban.reading.model import Kind, Qualifier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.stated import Stated
    from duban.ledger.model import Finding

__all__ = ["Direction"]

_BETWEEN = 26
"""Characters between two values that the second may be said to have come from the first."""
_REACHED = re.compile(r"^[^，。；、]{0,6}[，、,]?(?:达到|达|为|实现)$")


class Direction:
    """A value that went the other way than its verb says."""

    name = "direction"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for _sentence, figures in case.sheet.by_sentence():
            yield from self._moved(case, figures)
            for mark, reached in pairwise(figures):
                if _passed(case, mark, reached):
                    yield self._found(case, mark, reached, mark.figure.text[:2])

    def _moved(self, case: Case, figures: Sequence[Stated]) -> Iterator[Finding]:
        up, down = case.rules.pattern("rose_to"), case.rules.pattern("fell_to")
        pairs = [(move.earlier, move.later) for move in moves(case.sheet, figures)]
        pairs += [pair for pair in pairwise(figures) if pair not in pairs and _year_by_year(*pair)]
        for earlier, later in pairs:
            one, other = finite(earlier, later), finite(later)
            between = case.sheet.document.text[earlier.figure.end : later.figure.start]
            rose, fell = up.search(between), down.search(between)
            if one is None or other is None or len(between) > _BETWEEN or later.kind is Kind.RANK:
                continue
            verb = rose if rose and not fell else fell if fell and not rose else None
            if verb is None:
                continue
            against = other.high < one.low if verb is rose else other.low > one.high
            if not case.holds(self, (earlier.evidence, later.evidence), not against):
                yield self._found(case, earlier, later, verb.group())

    def _found(self, case: Case, earlier: Stated, later: Stated, verb: str) -> Finding:
        return case.found(
            self,
            Gravity.CONTRADICTION if earlier.name == later.name else Gravity.DOUBT,
            (earlier.evidence, later.evidence),
            done=f"{earlier.figure.text} → {later.figure.text} ({verb})",
            tolerance=f"{case.span(earlier)}; {case.span(later)}",
        )


def _year_by_year(earlier: Stated, later: Stated) -> bool:
    """A was …, B rose to …: two values of one thing in two years, the earlier first."""
    return (
        earlier.kind is later.kind is Kind.LEVEL
        and earlier.same_thing(later)
        and earlier.year is not None
        and later.year is not None
        and earlier.year < later.year
    )


def _passed(case: Case, mark: Stated, reached: Stated) -> bool:
    """突破X、达到Y, where Y is less than X."""
    if (
        mark.figure.qualifier is not Qualifier.OVER
        or mark.kind is not Kind.LEVEL
        or reached.kind is not Kind.LEVEL
    ):
        return False
    between = case.sheet.document.text[mark.figure.end : reached.figure.start]
    one, other = finite(mark, reached), finite(reached)
    return bool(
        mark.times(reached) is not None
        and mark.name == reached.name
        and _REACHED.match(between)
        and one is not None
        and other is not None
        and other.high < one.low
    )
