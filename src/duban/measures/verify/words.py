"""The words of words.yaml: how reports name parts of a year, and what a claim is compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

__all__ = ["MORE", "Words", "is_of_wider_place", "part_of_year", "words"]

MORE = re.compile("[多余餘几]")
"""Behind a digit: less than one more of it (620多万)."""
_MONTHS = {name: number for number, name in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}


@dataclass(frozen=True, slots=True)
class _Part:
    words: re.Pattern[str]
    first: int | None
    """None where the words name the one month."""
    last: int | None
    """None where the words name it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    parts_of_year: tuple[_Part, ...]
    period_before: re.Pattern[str]
    other_scopes: frozenset[str]
    wider: tuple[tuple[str, re.Pattern[str]], ...]
    """Alternatives of a pattern, and the ending of the places that mean themselves by them."""


@cache
def words() -> Words:
    """The file, read once."""
    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    loaded = yaml.safe_load(text)
    return Words(
        parts_of_year=tuple(
            _Part(re.compile(entry["words"]), *(None if each == "last" else each for each in entry["months"]))
            for entry in loaded["parts_of_year"]
        ),
        period_before=re.compile(loaded["period_before"]),
        other_scopes=frozenset(loaded["other_scopes"]),
        wider=tuple((entry["words"], re.compile(f"(?:{entry['own']})$")) for entry in loaded["wider"]),
    )


def part_of_year(text: str) -> tuple[int, int] | None:
    """The first and last month of the part of a year that a text names last; None where it names none.

    >>> part_of_year("前三季度，全市"), part_of_year("1—11月，"), part_of_year("春节期间")
    ((1, 9), (1, 11), None)
    """
    found = [
        (match.end(), match.start(), part, match)
        for part in words().parts_of_year
        for match in part.words.finditer(text)
    ]
    if not found:
        return None
    _, _, part, match = max(found, key=lambda each: (each[0], -each[1]))
    last = part.last or _month(match["last"])
    return (part.first or last, last)


def is_of_wider_place(before: str, name: str, home: str | None) -> bool:
    """Whether the words before a number say its indicator of a larger place than the report is of.

    >>> is_of_wider_place("全国粮食产量", "粮食产量", "澜川市"), is_of_wider_place("粮食产量", "粮食产量", "澜川市")
    (True, False)
    """
    return home is not None and any(
        re.search(f"(?:{pattern})[的共]?{re.escape(name)}", before)
        for pattern, own in words().wider
        if not own.search(home)
    )


def _month(name: str) -> int:
    return _MONTHS[name] if name in _MONTHS else int(name)
