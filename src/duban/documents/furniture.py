"""What on a page is no part of the report: navigation, bylines, page numbers, what follows its end.

The phrases stand in furniture.yaml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["furniture_of_lines"]

_LONGEST = 60
"""Furniture that stands on one line is no longer than this."""


@dataclass(frozen=True, slots=True)
class _Tail:
    furniture: str
    line: re.Pattern[str]
    within: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class _Knowledge:
    line: re.Pattern[str]
    names: dict[str, str]
    label: re.Pattern[str]
    tail: re.Pattern[str]
    tails: tuple[_Tail, ...]
    own: re.Pattern[str]


@cache
def _knowledge() -> _Knowledge:
    import yaml

    data = yaml.safe_load(files(__package__).joinpath("furniture.yaml").read_text("utf-8"))
    groups = {f"g{number}": name for number, name in enumerate(data["lines"])}
    lines = data["lines"]
    return _Knowledge(
        line=re.compile("|".join(f"(?P<{group}>{'|'.join(lines[name])})" for group, name in groups.items())),
        names=groups,
        label=re.compile(data["labels"]),
        tail=re.compile("|".join(tail["line"] for tail in data["tails"])),
        tails=tuple(
            _Tail(
                tail["furniture"],
                re.compile(tail["line"]),
                re.compile(tail["within"]) if "within" in tail else None,
            )
            for tail in data["tails"]
        ),
        own=re.compile(data["own"]),
    )


def furniture_of_lines(lines: Sequence[str]) -> list[str | None]:
    """For each line the name of the furniture it is, or None where it belongs to the report."""
    known = _knowledge()
    names: list[str | None] = [_furniture(line, known) if len(line) <= _LONGEST else None for line in lines]
    first, last = _body(lines)
    for index in range(first, last):
        # A hyperlink's word alone on its line (首页, 登录) is the report's own inside the report.
        if names[index] != "page_number":
            names[index] = None
    for index, line in enumerate(lines[:-1]):
        if names[index] is None:
            continue
        if len(line) <= _LONGEST and known.label.fullmatch(line) and len(lines[index + 1]) <= 20:
            names[index + 1] = names[index + 1] or "byline"
    _breadcrumb(lines, names)
    _mark_tail(lines, names, known)
    return names


def _body(lines: Sequence[str]) -> tuple[int, int]:
    """From the first to the last line of a paragraph's length: there stands nothing but the report."""
    own = [
        index
        for index, line in enumerate(lines)
        if len(line) > 80 or (len(line) > 25 and line[-1] in "。！；")
    ]
    return (own[0], own[-1]) if own else (0, 0)


def _furniture(line: str, known: _Knowledge) -> str | None:
    found = known.line.fullmatch(line)
    return known.names[found.lastgroup] if found and found.lastgroup else None


def _breadcrumb(lines: Sequence[str], names: list[str | None]) -> None:
    """A short line between two arrows of a breadcrumb, or after its last arrow, is navigation too."""
    for index, line in enumerate(lines[:-1]):
        if line in (">", "＞", "»") and len(lines[index + 1]) <= 20:
            names[index + 1] = names[index + 1] or "navigation"


def _mark_tail(lines: Sequence[str], names: list[str | None], known: _Knowledge) -> None:
    """Mark everything from the first line that ends the report to the end of the text.

    A tail has no heading or annex of the report in it, and is short.
    """
    rest, most = 0, max(1500, sum(map(len, lines)) // 4)
    start, furniture = len(lines), None
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        rest += len(line)
        if rest > most:
            break
        tail = _tail_from(lines, index, known)
        if tail is not None:
            start, furniture = index, tail.furniture
        elif len(line) <= _LONGEST and known.own.fullmatch(line):
            break
    names[start:] = [furniture] * (len(lines) - start)


def _tail_from(lines: Sequence[str], index: int, known: _Knowledge) -> _Tail | None:
    line = lines[index]
    if len(line) > 120 or not known.tail.fullmatch(line):
        return None
    for tail in known.tails:
        if tail.line.fullmatch(line):
            within = tail.within
            return tail if within is None or any(map(within.search, lines[index : index + 40])) else None
    return None
