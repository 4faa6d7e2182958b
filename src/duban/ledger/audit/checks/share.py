"""Shares, means and ratios against the two figures they are made of."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from duban.catalogue.entries import indicators
from duban.ledger.audit.interval import Interval, exactly
from duban.ledger.audit.spoken import like, plain, span
from duban.ledger.audit.sums import finite
from duban.ledger.model import Evidence, Gravity
from duban.reading.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from duban.ledger.audit.check import Case
    from duban.ledger.audit.stated import Stated
    from duban.ledger.model import Finding

__all__ = ["Share", "Structure"]

_RATIO = r"[0-9０-９]+(?:[.．][0-9０-９]+)?"
_STRUCTURE = re.compile(
    rf"(?:三次产业|三产|产业)[^，。；]{{0,14}}?(?<![0-9０-９.．])({_RATIO})\s*[:：∶]\s*({_RATIO})\s*[:：∶]\s*({_RATIO})(?![0-9０-９.．:：∶])"
)
_HEADS = frozenset({"人", "亩"})
"""Units of a denominator that a mean is so much of."""
_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")


class Share:
    """A share or a ratio that its numerator and denominator, stated in the same report, do not give."""

    name = "share"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        for ratio in case.sheet.figures:
            entry = indicators().get(ratio.code or "")
            if entry is None or not entry.of or not entry.per or ratio.kind is not Kind.LEVEL:
                continue
            of, per = _level(case, entry.of, ratio), _level(case, entry.per, ratio)
            stated = finite(ratio)
            if of is None or per is None or stated is None:
                continue
            got = _ratio(ratio, of, per)
            figures = (ratio, of, per)
            if got is None or case.holds(self, (each.evidence for each in figures), got.meets(stated)):
                continue
            near = got.gap(stated) <= case.rules.number("share.near") * stated.written
            yield case.found(
                self,
                Gravity.NOTE if near else Gravity.DOUBT,
                (each.evidence for each in figures),
                done=f"{of.figure.text} ÷ {per.figure.text} = {like(got.written, ratio.figure, case.rules)} ≠ {ratio.figure.text}",
                tolerance=span(got, ratio.figure, case.rules),
            )


class Structure:
    """三次产业比重 a:b:c that does not make a hundred."""

    name = "structure"
    allows = "末位 last digit"

    def find(self, case: Case) -> Iterator[Finding]:
        document = case.sheet.document
        for match in _STRUCTURE.finditer(document.text):
            parts = [match[index].translate(_WIDE) for index in (1, 2, 3)]
            total = sum(map(Decimal, parts), Decimal(0))
            places = max(len(part.partition(".")[2]) for part in parts)
            allowed = case.rules.number("rounding.above") * 3 * Decimal(1).scaleb(-places)
            # 1:2:3 is a proportion of another sort.
            if abs(total - 100) > case.rules.number("structure.near"):
                continue
            start, end = match.start(1), match.end(3)
            evidence = Evidence(
                document=document.sha256, start=start, end=end, quote=document.text[start:end]
            )
            if case.holds(self, (evidence,), abs(total - 100) <= allowed):
                continue
            yield case.found(
                self,
                Gravity.CONTRADICTION,
                (evidence,),
                done=f"{' + '.join(parts)} = {plain(total, 2)} ≠ 100",
                tolerance=f"{100 - allowed} … {100 + allowed}",
            )


def _level(case: Case, code: str, ratio: Stated) -> Stated | None:
    """The level of an indicator in the ratio's period, of the same place and standing; the nearest to it."""
    found = [
        each
        for each in case.sheet.of(code)
        if each.kind is Kind.LEVEL
        and each.alone
        and each.figure.period == ratio.figure.period
        and each.figure.place == ratio.figure.place
        and each.figure.status is ratio.figure.status
        and each.scope == ratio.scope
        and finite(each) is not None
        and ratio.figure.period is not None
    ]
    return min(found, key=lambda each: abs(each.figure.start - ratio.figure.start), default=None)


def _ratio(ratio: Stated, of: Stated, per: Stated) -> Interval | None:
    """The numerator over the denominator in the ratio's unit; None where units do not allow it."""
    above, below = finite(of, per), finite(per)
    if ratio.figure.unit in {"%", "", "倍"}:
        if above is None or below is None or below.low <= 0:
            return None
        return above / below * exactly(100 if ratio.figure.unit == "%" else 1)
    above = finite(of, ratio)
    if above is None or below is None or below.low <= 0 or per.figure.unit not in _HEADS:
        return None
    return above / below
