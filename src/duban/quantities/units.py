"""The unit at a place in a text: the longest, with paired and compound forms (台（套）, 微克/立方米, 元/吨)."""

from __future__ import annotations

import re
from functools import cache
from typing import TypeAlias

from duban.quantities import words

__all__ = ["DIGIT", "PLACES", "Unit", "noun_unit", "unit_at"]

Unit: TypeAlias = tuple[int, str, str]
"""Where a unit ends, its name and its kind (`words.Unit`)."""

DIGIT = "0-9０-９"
_PAIRED = re.compile(r"[（(][个台套次间处家项户条段件座辆部场][）)]")
_PER = re.compile(r"[/／每]")
_TIMES = re.compile(r"[百千万亿]+(?=[元人吨户])")
"""What a rate is told by, in hundreds or thousands: 0.6人/百亿元."""
_JOINED = frozenset("（(/／每")
"""What either begins with."""
_BLANKS = frozenset(" \n\u3000\xa0")
PLACES = re.compile(
    r"(?:省区市|省区|省市|县市区|县市|县区|市县|市州|州市|区县|地市|乡镇|省|市|县|州|盟|旗|乡|镇|村|国)"
    r"(?![一-鿿]?[级域民城场委政家籍内长际外])"
)
_NOUN_RUN = re.compile(rf"[^，。、；：！？,;\s“”《》（）(){DIGIT}]{{1,14}}")


def unit_at(text: str, at: int) -> Unit | None:
    """Longest unit at `at`, a blank or line break before it allowed: (end, name, kind)."""
    if text[at : at + 1] in _BLANKS:
        at += 1
    lengths = _lengths()
    for length in lengths.get(text[at : at + 2]) or lengths.get(text[at : at + 1], ()):
        stop = at + length
        spelling = text[at:stop]
        unit = words.units().get(spelling)
        if unit is None:
            continue
        following = text[stop : stop + 1]
        if following in words.misfits().get(spelling, ()):
            continue  # another word: 项目, 人均, 成立
        return _compound(text, stop, unit) if following in _JOINED else (stop, unit.name, unit.kind)
    return None


def _compound(text: str, stop: int, unit: words.Unit) -> Unit:
    """A unit with what is joined to it: 台（套）, 元/吨; the unit alone where that is none."""
    paired = _PAIRED.match(text, stop)
    if paired:
        return paired.end(), unit.name + paired[0].replace("(", "（").replace(")", "）"), unit.kind
    per = _PER.match(text, stop)
    if per and unit.kind not in ("ratio", "time"):
        times = _TIMES.match(text, per.end())
        below = unit_at(text, times.end() if times else per.end())
        if below and times:
            below = below[0], times[0] + below[1], below[2]
        if below and below[0] > per.end():
            return below[0], f"{unit.name}/{below[1]}", "physical" if unit.kind != "money" else "money"
    return stop, unit.name, unit.kind


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """The first two characters of units, or the only one → the lengths of the units that begin so, longest first."""
    known = words.units()
    lengths: dict[str, set[int]] = {}
    for spelling in known:
        begins = spelling[:2]
        lengths.setdefault(begins, {1} if begins[0] in known else set()).add(len(spelling))
    return {begins: tuple(sorted(found, reverse=True)) for begins, found in lengths.items()}


def noun_unit(text: str, at: int) -> str | None:
    """What the noun behind a number is counted in: 16万儿童 → 人."""
    run = _NOUN_RUN.match(text, at)
    if run is None:
        return None
    found = _nouns().search(run[0])
    return words.noun_units()[found[0]] if found else None


@cache
def _nouns() -> re.Pattern[str]:
    return re.compile("|".join(sorted(words.noun_units(), key=len, reverse=True)))
