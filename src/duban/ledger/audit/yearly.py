"""A level, what is said of how it grew on the year before, and what that year's level was said to be."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.ledger.audit.past import levels_in
from duban.ledger.audit.stated import Stated
from duban.reading.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.rules import Rules
    from duban.ledger.audit.sheet import Sheet

__all__ = ["Yearly", "on_last_year", "yearly"]


class Yearly(Struct, frozen=True):
    """A level of a year with its growth or change on the year before."""

    level: Stated
    said: Stated
    bases: Sequence[Stated]
    """What the level of the year before was said to be, by the latest report last."""


def yearly(case: Case) -> Iterator[Yearly]:
    """Every level whose growth or change is stated and whose base is known: of the year reviewed, or planned for this."""
    seen: set[tuple[str, str, str]] = set()
    for level in case.sheet.figures:
        if level.kind is not Kind.LEVEL or level.year is None or not level.dated:
            continue
        if not level.exact and any(_sharper(each, level) for each in case.sheet.of(level.name)):
            continue
        for said in _said_with(case.sheet, level, case.rules):
            key = (level.name, level.figure.text, said.figure.text)
            if key in seen:
                continue
            seen.add(key)
            bases = [
                base
                for base in levels_in(case, level, level.year - 1)
                if not _in_one_sentence(case.sheet, base, level)
            ]
            if bases:
                yield Yearly(level, said, bases)


def _sharper(each: Stated, level: Stated) -> bool:
    """Whether another statement gives as one number what a level gives as 超 or 约."""
    return each.exact and each.kind is Kind.LEVEL and each.year == level.year and each.same_thing(level)


def _in_one_sentence(sheet: Sheet, base: Stated, level: Stated) -> bool:
    """Whether both stand in one sentence of this report: 由A增加到B is a check of its own."""
    here = base.document == sheet.document.sha256
    return here and sheet.sentence_at(base.figure.start) == sheet.sentence_at(level.figure.start)


def on_last_year(said: Stated, rules: Rules) -> bool:
    """Whether growth or change is on the year before: nothing else is named as what it is compared with."""
    return said.dated and rules.pattern("other_base").search(said.before) is None


def _said_with(sheet: Sheet, level: Stated, rules: Rules) -> Iterator[Stated]:
    """Growth and change of the same thing in the same year: those of the level's sentence, or the only one there is."""
    found = [
        each
        for each in sheet.of(level.name)
        if each.kind in {Kind.GROWTH, Kind.CHANGE}
        and each.happened is level.happened
        and each.year == level.year
        and each.figure.place == level.figure.place
        and each.coverage - {"comparable"} == level.coverage - {"comparable"}
        and on_last_year(each, rules)
    ]
    here = sheet.sentence_at(level.figure.start)
    beside = [each for each in found if sheet.sentence_at(each.figure.start) == here]
    for kind in (Kind.GROWTH, Kind.CHANGE):
        of_kind = [each for each in beside if each.kind is kind] or [
            each for each in found if each.kind is kind
        ]
        if len({each.figure.text for each in of_kind}) == 1:
            yield of_kind[0]
