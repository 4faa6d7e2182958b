"""Parts against their total."""

from __future__ import annotations

import re
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from duban.ledger.audit.spoken import like, span
from duban.ledger.audit.sums import finite
from duban.ledger.audit.yearly import on_last_year
from duban.ledger.model import Evidence, Gravity
from duban.reading.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.interval import Interval
    from duban.ledger.audit.rules import Decomposition
    from duban.ledger.audit.stated import Stated
    from duban.ledger.model import Finding

__all__ = ["Parts", "PartsListed", "TotalBetweenParts"]

_NEXT = 14
"""Characters between a total and the 其中 that opens its parts, at most."""
_PART = 24
"""Characters between one part and the next, at most."""
_WHICH = re.compile("其中|分别[是为]")


class Parts:
    """Indicators that make up another (进口 + 出口 = 进出口) and do not."""

    name = "parts"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        done: set[tuple[object, ...]] = set()
        for made_of in case.rules.decompositions:
            for total in case.sheet.of(made_of.total):
                if total.kind is not Kind.LEVEL or total.figure.period is None or total.figure.unit == "%":
                    continue
                parts = _each_part(case, total, made_of)
                whole, amounts = finite(total), _finite(parts, total)
                if not parts or whole is None or len(amounts) != len(made_of.parts):
                    continue
                same = (total.figure.value, *(each.figure.start for each in parts))
                if same in done:  # a total that is said twice is one sum
                    continue
                done.add(same)
                got = reduce(add, amounts)
                if not case.holds(self, _evidence(total, parts), got.meets(whole)):
                    yield _found(self, case, total, parts, got)


class PartsListed:
    """其中 A, B, C … of a total, whose sum is more than it, or all but it."""

    name = "parts_listed"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for _sentence, figures in case.sheet.by_sentence():
            for index, total in enumerate(figures):
                parts = _listed(case, total, figures[index + 1 :])
                whole, amounts = finite(total), _finite(parts, total)
                if len(parts) < 2 or whole is None or len(amounts) != len(parts):
                    continue
                got = reduce(add, amounts)
                if got.gap(whole) > case.rules.number("parts.near") * whole.written:
                    continue
                if not case.holds(self, _evidence(total, parts), got.meets(whole)):
                    yield _found(self, case, total, parts, got)


class TotalBetweenParts:
    """Growth of a total that is above, or below, that of every part of it."""

    name = "total_between_parts"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for made_of in case.rules.decompositions:
            for total in case.sheet.of(made_of.total):
                if total.kind is not Kind.GROWTH or total.year is None or not on_last_year(total, case.rules):
                    continue
                parts = [each for each in _each_part(case, total, made_of) if on_last_year(each, case.rules)]
                whole, rates = finite(total), _finite(parts, total)
                if whole is None or len(rates) != len(made_of.parts):
                    continue
                low, high = min(each.low for each in rates), max(each.high for each in rates)
                between = low <= whole.high and whole.low <= high
                if not case.holds(self, _evidence(total, parts), between):
                    yield case.found(
                        self,
                        Gravity.CONTRADICTION,
                        _evidence(total, parts),
                        done=f"{total.figure.text} ∉ [{', '.join(each.figure.text for each in parts)}]",
                        tolerance=f"{low}% … {high}%",
                    )


def _each_part(case: Case, total: Stated, made_of: Decomposition) -> list[Stated]:
    """One figure for each part, of the total's period, place and standing; the nearest to it where there are several."""
    found: list[Stated] = []
    for name in made_of.parts:
        same = [
            each
            for each in case.sheet.of(name)
            if each.kind is total.kind
            and each.figure.period == total.figure.period
            and each.figure.place == total.figure.place
            and each.figure.unit == total.figure.unit
            and each.figure.status is total.figure.status
            and each.scope == total.scope
        ]
        if not same:
            return []
        found.append(min(same, key=lambda each: abs(each.figure.start - total.figure.start)))
    return found


def _listed(case: Case, total: Stated, following: Sequence[Stated]) -> list[Stated]:
    """The figures in the total's unit that 其中 opens."""
    if total.kind is not Kind.LEVEL or total.figure.unit in {"%", ""}:
        return []
    text = case.sheet.document.text
    opened = _WHICH.search(text, total.figure.end, total.figure.end + _NEXT)
    if opened is None:
        return []
    parts: list[Stated] = []
    for each in following:
        if (
            each.figure.start < opened.end()
            or each.kind is not Kind.LEVEL
            or each.figure.unit != total.figure.unit
        ):
            break
        if _inside(text, opened.end(), each.figure.start):
            continue
        between = text[parts[-1].figure.end if parts else opened.end() : each.figure.start]
        if len(between) > _PART or case.rules.pattern("no_part").search(between):
            break
        parts.append(each)
    return parts


def _inside(text: str, start: int, at: int) -> bool:
    """Whether a place stands in brackets opened after `start`."""
    between = text[start:at]
    return between.count("（") + between.count("(") > between.count("）") + between.count(")")


def _evidence(total: Stated, parts: Sequence[Stated]) -> tuple[Evidence, ...]:
    return (total.evidence, *(each.evidence for each in parts))


def _finite(parts: Sequence[Stated], total: Stated) -> list[Interval]:
    return [found for each in parts if (found := finite(each, total)) is not None]


def _found(
    check: Parts | PartsListed, case: Case, total: Stated, parts: Sequence[Stated], got: Interval
) -> Finding:
    exact = total.exact and all(each.exact for each in parts) and check.name == "parts"
    return case.found(
        check,
        Gravity.CONTRADICTION if exact else Gravity.DOUBT,
        _evidence(total, parts),
        done=(
            f"{' + '.join(each.figure.text for each in parts)} = {like(got.written, total.figure, case.rules)} "
            f"≠ {total.figure.text}"
        ),
        tolerance=span(got, total.figure, case.rules),
    )
