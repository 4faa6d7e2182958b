"""Which part of a report a heading or a paragraph belongs to. The words stand in parts.yaml."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from duban.documents.metadata import digits
from duban.documents.model import Part

__all__ = ["part_by_votes", "part_of_paragraph", "parts_of_heading"]

_YEAR = re.compile(r"(?:19|20)[0-9]\s?[0-9](?=\s*年)|(?:19|20)[0-9]{2}")
_PLAN_PERIOD = re.compile(r"[“\"「]?([一二三四五六七八九十]{1,2})五[”\"」]?(?:时期|期间|规划|计划|发展|主要|[”\"」])|第([一二三四五六七八九十]{1,2})个五年[计規规]")
_NUMERALS = "〇一二三四五六七八九十"
_WAYS = (Part.REVIEW_TERM, Part.REVIEW_YEAR, Part.PLAN_OUTLINE, Part.PLAN_YEAR)


@cache
def _words() -> dict[str, dict[str, str]]:
    import yaml

    data: dict[str, dict[str, str]] = yaml.safe_load(files(__package__).joinpath("parts.yaml").read_text("utf-8"))
    return data


@cache
def _heading() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in _words()["heading"].items()}


@lru_cache(maxsize=256)
def _paragraph(year: int | None) -> tuple[tuple[Part, re.Pattern[str]], ...]:
    """Openings for a report of `year`: LAST, YEAR and NEXT stand for its years and the next plan period."""
    last, this, following = (str(year - 1), str(year), _plan_name(year)) if year else ("(?!)", "(?!)", "(?!)")
    patterns = _words()["paragraph"]
    return tuple(
        (part, re.compile(patterns[part.value].replace("LAST", last).replace("YEAR", this).replace("NEXT", following)))
        for part in _WAYS
    )


def _plan_name(year: int) -> str:
    """The plan period that is being outlined in `year`: the one that begins in it or with the next year."""
    return _ordinal((year - 1951) // 5 + (1 if (year - 1951) % 5 else 1)) + "五"


def _ordinal(number: int) -> str:
    if number <= 10:
        return _NUMERALS[max(number, 0)]
    return "十" + (_NUMERALS[number - 10] if number < 20 else "")


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
    plain = digits(heading)
    if words["other"].search(plain):
        return (Part.OTHER,)
    review = words["review"].search(plain)
    plan = words["plan"].search(plain)
    found: list[tuple[int, Part]] = []
    for match in _YEAR.finditer(plain):
        part = _part_of_year(int(re.sub(r"\s", "", match.group())), year, review is not None, plan is not None)
        if part is not None:
            found.append((match.start(), part))
    for match in _PLAN_PERIOD.finditer(plain):
        span = _span_of_plan(match.group(1) or match.group(2))
        part = _part_of_span(span, year, review is not None, plan is not None)
        if part is not None:
            found.append((match.start(), part))
    if not found:
        found = _by_words(plain, words, review is not None, plan is not None)
    parts: list[Part] = []
    for _, part in sorted(found, key=lambda item: item[0]):
        if part not in parts:
            parts.append(part)
    return tuple(parts)


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


def _by_words(plain: str, words: dict[str, re.Pattern[str]], review: bool, plan: bool) -> list[tuple[int, Part]]:
    if words["future"].search(plain):
        return [(0, Part.PLAN_OUTLINE)]
    if words["term"].search(plain):
        return [(0, Part.REVIEW_TERM)]
    if words["last_year"].search(plain):
        return [(0, Part.REVIEW_YEAR)]
    if words["this_year"].search(plain):
        return [(0, Part.PLAN_YEAR)]
    if plan and not review:
        return [(0, Part.PLAN_YEAR)]
    return [(0, Part.REVIEW_YEAR)] if review and not plan else []


def part_of_paragraph(opening: str, year: int | None) -> Part | None:
    """The part that a paragraph's first words open, or None."""
    plain = digits(opening)
    for part, pattern in _paragraph(year):
        if pattern.match(plain):
            return part
    return None


def part_by_votes(text: str) -> Part | None:
    """Whether a passage looks forward (`PLAN_YEAR`) or back (`REVIEW_YEAR`), by counting its words."""
    votes: dict[str, Any] = {name: len(pattern.findall(text)) for name, pattern in _votes().items()}
    if votes["plan"] == votes["review"]:
        return None
    return Part.PLAN_YEAR if votes["plan"] > votes["review"] else Part.REVIEW_YEAR


@cache
def _votes() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in _words()["votes"].items()}
