"""Which part of a report a heading or a paragraph belongs to. The words stand in parts.yaml."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from duban.documents.metadata import ascii_years
from duban.documents.model import Part

__all__ = ["named_parts", "part_by_votes", "part_of_paragraph", "parts_of_heading"]

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_PLAN_PERIOD = re.compile(
    r"([一二三四五六七八九十]{1,2})五(?:[”\"」]|时期|期间|规划|计划|发展)|第([一二三四五六七八九十]{1,2})个五年[计計规]"
)
_ADDRESS = re.compile(r"\s*(?:各位代表(?:[、，]各位委员)?[！!，,：:]\s*)?[—\-―–]{0,4}\s*")
_HINT = re.compile("[年五届《到展]")
"""Without one of these no opening matches: saves the rest for most paragraphs."""
_ANNOUNCEMENT = re.compile("(?:我|现在).{0,12}(?:代表|受).{0,30}报告|请(?:予)?审议")
_NUMERALS = "〇一二三四五六七八九十"


@cache
def _words() -> dict[str, Any]:
    import yaml

    data: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("parts.yaml").read_text("utf-8"))
    return data


@cache
def _heading() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in _words()["heading"].items()}


@lru_cache(maxsize=256)
def _openings(year: int | None) -> tuple[tuple[Part, re.Pattern[str]], ...]:
    return tuple((Part(entry["part"]), _of_year(entry["opening"], year)) for entry in _words()["paragraph"])


@lru_cache(maxsize=256)
def _votes(year: int | None) -> dict[str, re.Pattern[str]]:
    return {name: _of_year(pattern, year) for name, pattern in _words()["votes"].items()}


def _of_year(pattern: str, year: int | None) -> re.Pattern[str]:
    """The pattern for a report of `year`, with its years and plan periods put in."""
    names = {"LAST": "(?!)", "YEAR": "(?!)", "NEXT": "(?!)", "PAST": "(?!)"}
    if year is not None:
        following = max(1, -(-(year - 1951) // 5))
        names = {
            "LAST": str(year - 1),
            "YEAR": str(year),
            "NEXT": _ordinal(following),
            "PAST": _ordinal(following - 1),
        }
    for word, value in names.items():
        pattern = pattern.replace(word, value)
    return re.compile(pattern)


def _ordinal(number: int) -> str:
    """五年计划 of that number in short: 十五 → 十五五 is 14 + 1.

    >>> _ordinal(15)
    '十五五'
    """
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (_NUMERALS[ones] if ones else "") + "五"


def _span_of_plan(ordinal: str) -> tuple[int, int] | None:
    """First and last year of the five-year plan of that number: 一 1953–1957, 二 1958–1962, 三 from 1966 on."""
    number = sum(_NUMERALS.index(char) for char in ordinal)
    if number in (1, 2):
        return (1953, 1957) if number == 1 else (1958, 1962)
    return (1951 + 5 * number, 1955 + 5 * number) if number >= 3 else None


def parts_of_heading(heading: str, year: int | None) -> tuple[Part, ...]:
    """The parts a heading names, in its order; empty where it does not tell.

    >>> parts_of_heading("一、2025年和“十四五”时期工作回顾", 2026)
    (<Part.REVIEW_YEAR: 'review_year'>, <Part.REVIEW_TERM: 'review_term'>)
    """
    words = _heading()
    plain = ascii_years(heading)
    if words["other"].search(plain):
        return (Part.OTHER,)
    return _named(plain, year) or _by_words(plain)


def named_parts(heading: str, year: int | None) -> tuple[Part, ...]:
    """The parts a heading names by year or plan period."""
    return _named(ascii_years(heading), year)


def _named(plain: str, year: int | None) -> tuple[Part, ...]:
    words = _heading()
    review, plan = words["review"].search(plain) is not None, words["plan"].search(plain) is not None
    found: list[tuple[int, Part | None]] = [
        (match.start(), _part_of_year(int(match.group()), year, review, plan))
        for match in _YEAR.finditer(plain)
    ]
    for match in _PLAN_PERIOD.finditer(plain):
        span = _span_of_plan(match.group(1) or match.group(2))
        found.append((match.start(), _part_of_span(span, year, review, plan)))
    return tuple(
        dict.fromkeys(part for _, part in sorted(found, key=lambda item: item[0]) if part is not None)
    )


def _part_of_year(named: int, year: int | None, review: bool, plan: bool) -> Part | None:
    if year is None:
        return Part.REVIEW_YEAR if review and not plan else Part.PLAN_YEAR if plan else None
    if named < year:
        return Part.REVIEW_YEAR
    if named == year:
        return None if review and not plan else Part.PLAN_YEAR
    return Part.PLAN_OUTLINE


def _part_of_span(span: tuple[int, int] | None, year: int | None, review: bool, plan: bool) -> Part | None:
    if span is None:
        return None
    if year is None:
        return Part.REVIEW_TERM if review and not plan else Part.PLAN_OUTLINE if plan else None
    if span[1] < year:
        return Part.REVIEW_TERM
    if span[0] >= year:
        return Part.PLAN_OUTLINE
    return Part.REVIEW_TERM if review and not plan and span[1] - year < 1 else None


def _by_words(plain: str) -> tuple[Part, ...]:
    words = _heading()
    for name, part in (
        ("future", Part.PLAN_OUTLINE),
        ("term", Part.REVIEW_TERM),
        ("last_year", Part.REVIEW_YEAR),
        ("this_year", Part.PLAN_YEAR),
    ):
        if words[name].search(plain):
            return (part,)
    review, plan = words["review"].search(plain) is not None, words["plan"].search(plain) is not None
    if review == plan:
        return ()
    return (Part.PLAN_YEAR,) if plan else (Part.REVIEW_YEAR,)


def part_of_paragraph(opening: str, year: int | None) -> Part | None:
    """The part that a paragraph's first words open, or None.

    >>> part_of_paragraph("各位代表！五年来，我们牢记嘱托", 2026)
    <Part.REVIEW_TERM: 'review_term'>
    """
    if not _HINT.search(opening):
        return None
    plain = ascii_years(opening)
    if _ANNOUNCEMENT.search(plain):
        return None
    address = _ADDRESS.match(plain)
    at = address.end() if address is not None else 0
    return next((part for part, pattern in _openings(year) if pattern.match(plain, at)), None)


def part_by_votes(text: str, year: int | None) -> Part | None:
    """Whether a passage looks forward or back, by counting its words; None for neither."""
    votes = {name: len(pattern.findall(text)) for name, pattern in _votes(year).items()}
    if votes["plan"] == votes["review"]:
        return None
    if votes["plan"] < votes["review"]:
        return Part.REVIEW_YEAR
    return Part.PLAN_OUTLINE if votes["outline"] > votes["year"] else Part.PLAN_YEAR
