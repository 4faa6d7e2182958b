"""What a report claims that records may bear out: its figures of what was, with period, place and precision."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from duban.catalogue.entries import Prices, indicators
from duban.ledger.audit import Sheet, rules
from duban.ledger.audit.digits import as_written
from duban.ledger.audit.stated import has_other_base
from duban.measures.definition import With
from duban.measures.periods import Period
from duban.measures.verify.model import Claim, Why
from duban.measures.verify.words import MORE, is_of_wider_place, part_of_year, words
from duban.reading.model import DistinctionType, Kind

if TYPE_CHECKING:
    from duban.ledger.audit import Stated
    from duban.reading.model import Distinction
    from duban.reading.reading import Reading

__all__ = ["claims", "precision"]

_RECORDS = {DistinctionType.RECORD_HIGH, DistinctionType.RECORD_LOW}
_FRACTION = re.compile("(?<![百千万])分之")
"""三分之二, which has no last digit; 百分之七点八 has."""


def claims(reading: Reading) -> tuple[Claim, ...]:
    """Every figure of what was (no target, no rank), and every record that is claimed of one, in order."""
    sheet = Sheet(reading, rules())
    numbers = {id(each.figure): index for index, each in enumerate(sheet.figures)}
    of_figures = [
        _claim(each, numbers[id(each.figure)])
        for each in sheet.figures
        if each.happened and each.kind is not Kind.RANK
    ]
    by_figure = {claim.figure: claim for claim in of_figures}
    of_records = [
        _record(index, found, by_figure[numbers[id(figure.figure)]])
        for index, found in enumerate(reading.distinctions)
        if found.type in _RECORDS and (figure := _level_before(sheet, found)) is not None
    ]
    return tuple(sorted([*of_figures, *of_records], key=lambda claim: (claim.start, claim.end)))


def _claim(stated: Stated, index: int) -> Claim:
    figure = stated.figure
    period = _period(stated)
    return Claim(
        start=figure.start,
        end=figure.end,
        quote=figure.text,
        clause=stated.clause,
        section=figure.section,
        figure=index,
        distinction=None,
        name=figure.indicator,
        code=stated.code,
        kind=figure.kind.value,
        value=figure.value,
        high=figure.high,
        unit=figure.unit,
        qualifier=figure.qualifier,
        more=MORE.search(figure.text) is not None,
        step=precision(stated),
        place=figure.place or stated.home,
        period=period,
        spans_years=stated.span is not None,
        to=With.PERIOD_BEFORE if words().period_before.search(stated.clause) else With.YEAR_BEFORE,
        obstacle=_obstacle(stated, period),
    )


def _record(index: int, found: Distinction, of: Claim) -> Claim:
    """The claim that a figure is the highest or the lowest so far."""
    return replace(
        of, start=found.start, end=found.end, quote=found.text, distinction=index, kind=found.type.value
    )


def _level_before(sheet: Sheet, found: Distinction) -> Stated | None:
    """The level that the record is claimed of: the nearest before it in its sentence."""
    before = [
        each
        for each in sheet.in_sentence_of(found.start)
        if each.kind is Kind.LEVEL and each.happened and each.figure.end <= found.start
    ]
    return before[-1] if before else None


def _period(stated: Stated) -> Period | None:
    """The months that the figure speaks of; None where the year or the part of it cannot be told."""
    if stated.span is not None:
        first, last = stated.span
        return Period(first * 12, (last - first + 1) * 12)
    if stated.year is None:
        return None
    if "part_of_year" not in stated.scope:
        return Period(stated.year * 12, 12)
    months = part_of_year(stated.before)
    if months is None:
        return None
    return Period(stated.year * 12 + months[0] - 1, months[1] - months[0] + 1)


def _obstacle(stated: Stated, period: Period | None) -> Why | None:
    """What in its own words keeps a figure from being compared with any measure."""
    constant = stated.code is not None and indicators()[stated.code].prices is Prices.CONSTANT
    for scope in stated.scope & words().other_scopes:
        if not (scope == "comparable" and constant and stated.kind in {Kind.GROWTH, Kind.AVG_GROWTH}):
            return Why.OTHER_SCOPE
    if stated.figure.place is None and is_of_wider_place(stated.before, stated.figure.indicator, stated.home):
        return Why.OTHER_PLACE
    if period is None:
        return Why.OTHER_PERIOD if "part_of_year" in stated.scope and stated.year else Why.NO_PERIOD
    if not stated.dated:
        return Why.NO_PERIOD
    return Why.OTHER_BASE if has_other_base(stated, rules()) else None


def precision(stated: Stated) -> Decimal | None:
    """What one unit of the last digit written is worth: 0.1亿 in 1921.7亿元, 1 in 316天, a tenth in 百分之七点八.

    None where there is no last digit (三分之二).
    """
    size = abs(stated.value)
    written = as_written(stated.figure)
    if written is None:
        return None if _FRACTION.search(stated.figure.text) else _in_words(size)
    number, scale = written
    if scale <= 0 or scale.normalize().as_tuple().digits != (1,):
        return None
    return Decimal(1).scaleb(min(0, int(number.as_tuple().exponent))) * scale


def _in_words(size: Decimal) -> Decimal:
    """七成 is a round number: its last digit that is no nought counts."""
    return Decimal(1).scaleb(int(size.normalize().as_tuple().exponent)) if size else Decimal(1)
