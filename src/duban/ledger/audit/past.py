"""What was said before of the same thing: the base that a level is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from duban.ledger.audit.sums import finite
from duban.reading.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.stated import Stated

__all__ = ["levels_in", "same_period"]


def levels_in(case: Case, like: Stated, year: int) -> Sequence[Stated]:
    """The levels of the same thing in a year, by earlier reports and this one; those of the last report last.

    A target is compared with what was reached and, where nothing is known of that, with what had been planned.
    """
    known = [each for each in _known(case, like) if _is_base(each, like, year)]
    reached = [each for each in known if each.happened and (each.report is None or each.report > year)]
    planned = [] if like.happened else [each for each in known if not each.happened]
    return _sharpest(reached) or _sharpest(planned)


def _sharpest(found: Sequence[Stated]) -> Sequence[Stated]:
    """Of several statements those of one number; 超1900亿元 says less than 1921.7亿元."""
    return [each for each in found if each.exact] or found


def _is_base(each: Stated, like: Stated, year: int) -> bool:
    return (
        each.kind is Kind.LEVEL
        and each.year == year
        and each.times(like) is not None
        and each.figure.place == like.figure.place
        and each.home == like.home
        and each.coverage - {"planned"} == like.coverage - {"planned"}
        and each.dated
        and finite(each) is not None
    )


def same_period(case: Case, like: Stated) -> Iterator[Stated]:
    """What earlier reports say of the same thing in the same period."""
    for each in case.series.values(like.name, like.home, before=case.sheet.year):
        if (
            each.kind is not like.kind
            or each.figure.period != like.figure.period
            or not each.same_thing(like)
        ):
            continue
        if each.report is not None and each.last_year is not None and each.report > each.last_year:
            yield each


def _known(case: Case, like: Stated) -> Iterator[Stated]:
    yield from case.series.values(like.name, like.home, before=case.sheet.year)
    yield from case.sheet.of(like.name)
