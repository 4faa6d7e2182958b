"""A figure's phrase, unit and kind → the indicator it speaks of, or why it cannot be told."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.catalogue.entries import Type, codes_by_growth_name, codes_by_name, indicators
from duban.catalogue.wording import Stripped, forms, key, stripped, without_area, without_place
from duban.quantities.words import units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.catalogue.entries import Indicator

__all__ = ["Link", "Reason", "link"]


class Reason(StrEnum):
    """Why a phrase was linked as it was, or was not."""

    NAME = "name"
    """It is the official name."""
    OTHER_NAME = "other_name"
    """It is another of the names."""
    GROWTH_NAME = "growth_name"
    """It is a short name that holds where growth is spoken of."""
    SHARE = "share"
    """It says A占B比重, and both are names."""
    ADDITION = "addition"
    """It says 新增A, and A is the name of a stock."""
    PLACE = "place"
    """A place was taken off (全市)."""
    PERIOD = "period"
    """A time was taken off (全年)."""
    VERB = "verb"
    """A verb that only says that it is so was taken off (完成)."""
    TOTAL = "total"
    """A word for all so far was taken off (累计)."""
    COUNT = "count"
    """A word for number was taken off (总数)."""
    MEAN = "mean"
    """A word for mean was taken off (平均)."""
    BRACKET = "bracket"
    """A remark in brackets was taken off or put first."""
    GROWTH = "growth"
    """The phrase itself says growth (增速)."""
    NEW = "new"
    """新增 stood behind the noun."""
    OF_GROWTH = "of_growth"
    """Percentage points of what is no rate: its growth is compared (高于全国0.7个百分点)."""
    UNIT_AGREES = "unit_agrees"
    UNIT_RELATED = "unit_related"
    """Not the usual unit, but one that measures the same."""
    UNIT_MISSING = "unit_missing"
    BY_UNIT = "by_unit"
    """The unit says which of two related indicators is meant."""
    KIND_UNUSUAL = "kind_unusual"
    """Not one of the kinds that are meaningful for it."""
    UNKNOWN = "unknown"
    """Unlinked: no name of the catalogue."""
    AMBIGUOUS = "ambiguous"
    """Unlinked: it may be any of the candidates."""
    UNIT_CONTRADICTS = "unit_contradicts"
    """Unlinked: the candidate is not measured in this unit."""


class Link(Struct, frozen=True, kw_only=True):
    """What a phrase was linked to. Unlinked where `code` is None."""

    code: str | None
    score: float
    """How sure, 0 to 1; 0 where unlinked."""
    reasons: tuple[Reason, ...]
    candidates: tuple[str, ...] = ()
    """Unlinked: the indicators it came near to."""


# What each reason takes from a score of 1.
_COST = {
    Reason.OTHER_NAME: 0.01,
    Reason.GROWTH_NAME: 0.03,
    Reason.SHARE: 0.04,
    Reason.ADDITION: 0.04,
    Reason.PLACE: 0.01,
    Reason.PERIOD: 0.01,
    Reason.VERB: 0.02,
    Reason.TOTAL: 0.05,
    Reason.COUNT: 0.01,
    Reason.MEAN: 0.01,
    Reason.BRACKET: 0.03,
    Reason.GROWTH: 0.02,
    Reason.NEW: 0.02,
    Reason.OF_GROWTH: 0.1,
    Reason.UNIT_RELATED: 0.03,
    Reason.UNIT_MISSING: 0.15,
    Reason.BY_UNIT: 0.03,
    Reason.KIND_UNUSUAL: 0.15,
}
_RATES = frozenset({"%", "倍", "番", "‰", "成"})
_POINTS = frozenset({"个百分点", "个千分点", "个基点"})
# Groups of units whose members measure the same and are written for one another.
_FAMILIES = frozenset(
    {"length", "area", "volume", "mass", "energy", "power", "time", "count", "person", "money"}
)
_PLACES = "位"
_GROWTH_KINDS = frozenset({"growth", "avg_growth"})
_SHARE = re.compile(r"^(.+?)占(.+?)(?:比重|之比|比)?$|^(.+?)(?:与|在)(.+?)(?:中?比重|中?所占比重|之比|比)$")
_RESULT_OF_WORK = ("建成", "建设")
# Longer phrases are sentences that were not taken apart.
_LONGEST = 48


def link(phrase: str, unit: str, kind: str, place: str | None = None) -> Link:
    """The indicator that a figure's phrase, unit and kind speak of, with score and reasons, or unlinked.

    `place` is the document's own (保定市), taken off the front of the phrase. Linking never forces: what is not a
    name of the catalogue after a few words round it are taken off stays unlinked, and so does what may be two.

    >>> link("全市规上工业增加值", "%", "growth").code
    'IND.VALUE_ADDED.SIZE'
    >>> link("规上工业增加值", "吨", "level").reasons
    (<Reason.UNIT_CONTRADICTS: 'unit_contradicts'>,)
    """
    if place:
        rest = without_place(phrase, place)
        if rest is not phrase:
            return _with(_link(rest, unit, kind), Reason.PLACE)
    return _link(phrase, unit, kind)


@lru_cache(maxsize=1 << 17)
def _link(phrase: str, unit: str, kind: str) -> Link:
    unit = _usual_spelling(unit)
    found = _found(phrase, growth=kind in _GROWTH_KINDS or (kind == "change" and unit not in _POINTS))
    if not found:
        return Link(code=None, score=0, reasons=(Reason.UNKNOWN,))
    codes = tuple(sorted({code for code, _ in found}))
    if len(codes) > 1:
        return Link(code=None, score=0, reasons=(Reason.AMBIGUOUS,), candidates=codes)
    code, reasons = found[0]
    return _checked(indicators()[code], reasons, unit, kind)


# --- which indicator the words name -------------------------------------------------------------------------


def _found(phrase: str, *, growth: bool) -> list[tuple[str, tuple[Reason, ...]]]:
    """(code, reasons) for each indicator that the phrase names with the fewest words taken off it."""
    if not phrase or len(phrase) > _LONGEST:
        return []
    for form in forms(phrase):
        best: list[tuple[str, tuple[Reason, ...]]] = []
        depth = 0
        for rest in stripped(form.key):
            if best and len(rest.taken) > depth:
                break
            named = _named(rest, growth=growth)
            if named:
                depth = len(rest.taken)
                best += [(code, (*why, *map(Reason, (*form.taken, *rest.taken)))) for code, why in named]
        if best:
            return best
    return []


def _named(rest: Stripped, *, growth: bool) -> list[tuple[str, tuple[Reason, ...]]]:
    """What the words name as they stand: a name, a share of one in another, or an addition to one."""
    words = rest.key
    total = Reason.TOTAL in rest.taken
    if Reason.NEW in rest.taken:
        words = "新增" + words
    code = codes_by_name().get(words)
    if code:
        if total and indicators()[code].type is not Type.STOCK:
            return []
        official = key(indicators()[code].name.zh) == words
        return [(code, (Reason.NAME if official else Reason.OTHER_NAME,))]
    if growth or Reason.GROWTH in rest.taken:
        code = codes_by_growth_name().get(words)
        if code:
            return [(code, (Reason.GROWTH_NAME,))]
    return _share(words) or _addition(words, total=total)


def _share(words: str) -> list[tuple[str, tuple[Reason, ...]]]:
    """A占B比重, where the catalogue has the share of A in B; A比重, where it has one share of A."""
    split = _SHARE.match(words)
    if split:
        of, per = split[1] or split[3], split[2] or split[4]
        code = _shares().get((_any_name(of), _any_name(per) or _any_name(without_area(per))))
    elif words.endswith("比重"):
        code = _only_share().get(_any_name(words[:-2]))
    else:
        return []
    return [(code, (Reason.SHARE,))] if code else []


def _addition(words: str, *, total: bool) -> list[tuple[str, tuple[Reason, ...]]]:
    """新增A, where A is the name of a stock; 建成A may be the year's or all there is."""
    if words.startswith("新增"):
        code = _additions().get(codes_by_name().get(words[2:], ""))
        return [(code, (Reason.ADDITION,))] if code and not total else []
    if words.startswith(_RESULT_OF_WORK):
        stock = codes_by_name().get(words[2:], "")
        if stock in _additions():
            if total:
                return [(stock, (Reason.OTHER_NAME,))]
            return [(stock, ()), (_additions()[stock], ())]
    return []


def _any_name(words: str) -> str:
    return codes_by_name().get(words) or codes_by_growth_name().get(words) or ""


@cache
def _shares() -> dict[tuple[str, str], str]:
    """(numerator, denominator) → the ratio's code."""
    return {
        (entry.of, entry.per): entry.code
        for entry in indicators().values()
        if entry.type is Type.RATIO and entry.of and entry.per
    }


@cache
def _only_share() -> dict[str, str]:
    """Numerator → the ratio's code, where the catalogue has one alone."""
    found: dict[str, list[str]] = {}
    for (of, _), code in _shares().items():
        found.setdefault(of, []).append(code)
    return {of: codes[0] for of, codes in found.items() if len(codes) == 1}


@cache
def _additions() -> dict[str, str]:
    """Stock → its yearly addition."""
    return {entry.adds_to: entry.code for entry in indicators().values() if entry.adds_to}


# --- whether unit and kind fit ------------------------------------------------------------------------------


def _checked(entry: Indicator, reasons: tuple[Reason, ...], unit: str, kind: str) -> Link:
    if Reason.GROWTH in reasons and kind == "level" and unit in _RATES:
        kind = "growth"
    if kind in {"level", "change"} and unit in entry.by_unit:
        entry = indicators()[entry.by_unit[unit]]
        reasons = (*reasons, Reason.BY_UNIT)
    fit = _fit(entry, unit, kind, reasons)
    if fit is Reason.UNIT_CONTRADICTS:
        return Link(code=None, score=0, reasons=(fit,), candidates=(entry.code,))
    unusual = (Reason.KIND_UNUSUAL,) if kind not in entry.kinds else ()
    return _scored(entry.code, (*reasons, fit, *unusual))


def _fit(entry: Indicator, unit: str, kind: str, reasons: tuple[Reason, ...]) -> Reason:
    """Whether a figure of this kind about this indicator can have the unit."""
    if kind == "rank" or (kind == "change" and unit == _PLACES):
        return Reason.UNIT_AGREES
    if kind in _GROWTH_KINDS:
        return Reason.UNIT_AGREES if unit in _RATES else Reason.UNIT_CONTRADICTS
    if kind == "change" and unit in _POINTS:
        of_a_rate = "%" in entry.units or Reason.GROWTH in reasons
        return Reason.UNIT_AGREES if of_a_rate else Reason.OF_GROWTH
    return _unit_of_level(entry, unit)


def _unit_of_level(entry: Indicator, unit: str) -> Reason:
    if unit in entry.units:
        return Reason.UNIT_AGREES
    groups = {_group(each) for each in entry.units}
    if not unit:
        return Reason.UNIT_MISSING if groups <= {"count", "person"} else Reason.UNIT_CONTRADICTS
    group = _group(unit)
    return Reason.UNIT_RELATED if group in _FAMILIES and group in groups else Reason.UNIT_CONTRADICTS


def _usual_spelling(unit: str) -> str:
    known = units().get(unit)
    return known.name if known else unit


def _group(unit: str) -> str:
    """What the unit measures; 元/月 is money, so much a month."""
    known = units().get(unit) or units().get(unit.partition("/")[0])
    return known.group if known else unit


# --- the score ----------------------------------------------------------------------------------------------


def _scored(code: str, reasons: Iterable[Reason]) -> Link:
    reasons = tuple(reasons)
    return Link(code=code, score=round(1 - sum(_COST.get(why, 0.0) for why in reasons), 2), reasons=reasons)


def _with(found: Link, reason: Reason) -> Link:
    """The link, with one more reason where it is one."""
    return _scored(found.code, (*found.reasons, reason)) if found.code else found
