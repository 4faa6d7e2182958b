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
PLACES = re.compile(
    r"(?:省区市|省区|省市|县市区|县市|县区|市县|市州|州市|区县|地市|乡镇|省|市|县|州|盟|旗|乡|镇|村|国)"
    r"(?![一-鿿]?[级域民城场委政家籍内长际外])"
)
_NOUN_RUN = re.compile(rf"[^，。、；：！？,;\s“”《》（）(){DIGIT}]{{1,14}}")


def unit_at(text: str, at: int) -> Unit | None:
    """Longest unit at `at`, a blank or line break before it allowed: (end, name, kind)."""
    known = words.units()
    if text[at : at + 1] in (" ", "\n", "\u3000", "\xa0"):
        at += 1
    for length in _lengths_by_first().get(text[at : at + 1], ()):
        unit = known.get(text[at : at + length])
        if unit is None:
            continue
        stop = at + length
        if not _unit_fits(text, at, stop):
            continue
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
    return None


@cache
def _lengths_by_first() -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for spelling in words.units():
        lengths.setdefault(spelling[0], set()).add(len(spelling))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _unit_fits(text: str, at: int, stop: int) -> bool:
    """Whether the next character does not turn the unit into another word (项目, 人均, 成立)."""
    misfit = words.misfits().get(text[at:stop])
    return misfit is None or text[stop : stop + 1] not in misfit


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
