"""One thing, one period, two values: within a report, and between an earlier report and this one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from duban.ledger.audit.moves import moved_from
from duban.ledger.audit.past import same_period
from duban.ledger.audit.sums import finite
from duban.ledger.audit.yearly import on_last_year
from duban.ledger.model import Gravity
from duban.reading.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.ledger.audit.check import Case, Check
    from duban.ledger.audit.stated import Stated
    from duban.ledger.model import Finding

__all__ = ["Restated", "SaidTwice"]

_KINDS = frozenset({Kind.LEVEL, Kind.GROWTH, Kind.AVG_GROWTH, Kind.RANK})


class SaidTwice:
    """A report that gives one figure twice with two values."""

    name = "said_twice"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for _name, figures in case.sheet.names():
            known = [each for each in figures if _comparable(case, each) and not moved_from(each)]
            for index, later in enumerate(known):
                others = [
                    each
                    for each in known[:index]
                    if _of_one_thing(case, each, later) and _apart(case, each, later)
                ]
                if not others:
                    continue
                other = next((each for each in others if not _agree(each, later)), None)
                agreed = case.holds(self, (later.evidence, (other or others[-1]).evidence), other is None)
                if other is not None and not agreed:
                    exact = other.exact and later.exact
                    yield _found(self, case, Gravity.CONTRADICTION if exact else Gravity.DOUBT, other, later)


class Restated:
    """A figure of an earlier report that this one gives with another value: an estimate settled, or a revision."""

    name = "restated"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for later in case.sheet.figures:
            if not _comparable(case, later) or not later.happened:
                continue
            said = [
                each
                for each in same_period(case, later)
                if _comparable(case, each) and _of_one_thing(case, each, later)
            ]
            if not said:
                continue
            agreed = any(_agree(each, later) for each in said)
            if not case.holds(self, (later.evidence, said[-1].evidence), agreed):
                yield _found(self, case, _gravity(case, said[-1], later), said[-1], later)


def _comparable(case: Case, figure: Stated) -> bool:
    """Whether two statements of it can be held against one another: of a known indicator as a whole, in one period."""
    if (
        figure.kind not in _KINDS
        or figure.code is None
        or figure.figure.period is None
        or not figure.alone
        or not figure.dated
    ):
        return False
    if any(case.rules.codes[group].hold(figure.code, figure.year) for group in ("partial", "rebased")):
        return False
    if figure.kind is Kind.GROWTH and not on_last_year(figure, case.rules):
        return False
    return finite(figure) is not None


def _of_one_thing(case: Case, earlier: Stated, later: Stated) -> bool:
    """Whether both speak of one thing in one period, and are near enough that neither is of a part of it."""
    if earlier.kind is not later.kind or earlier.figure.period != later.figure.period:
        return False
    if earlier.happened is not later.happened or not earlier.same_thing(later):
        return False
    if later.kind is not Kind.LEVEL:
        return case.sheet.document.sha256 != earlier.document or (earlier.exact and later.exact)
    one, other = earlier.value_like(later) or Decimal(0), later.value
    near = case.rules.number("twice.near" if earlier.exact and later.exact else "twice.near_vague")
    return max(abs(one), abs(other)) <= near * min(abs(one), abs(other))


def _agree(earlier: Stated, later: Stated) -> bool:
    """Whether some number is meant by both."""
    one, other = finite(earlier, later), finite(later)
    return one is not None and other is not None and one.meets(other)


def _apart(case: Case, earlier: Stated, later: Stated) -> bool:
    """Whether the two stand in different sentences."""
    return case.sheet.sentence_at(earlier.figure.start) != case.sheet.sentence_at(later.figure.start)


def _gravity(case: Case, earlier: Stated, later: Stated) -> Gravity:
    one, other = finite(earlier, later), finite(later)
    if one is None or other is None or other.written == 0:
        return Gravity.DOUBT
    return (
        Gravity.NOTE
        if one.gap(other) <= case.rules.number("revised.note") * abs(other.written)
        else Gravity.DOUBT
    )


def _found(check: Check, case: Case, gravity: Gravity, earlier: Stated, later: Stated) -> Finding:
    return case.found(
        check,
        gravity,
        (later.evidence, earlier.evidence),
        done=f"{earlier.figure.text} ≠ {later.figure.text}",
        tolerance=f"{case.span(earlier)}; {case.span(later)}",
    )
