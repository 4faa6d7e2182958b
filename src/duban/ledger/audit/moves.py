"""由A增加到B, or B比上年的A增加: a figure that went from one value to another, and what the sentence says of how far."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from duban.ledger.audit.stated import Stated
from duban.reading.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from duban.ledger.audit.sheet import Sheet

__all__ = ["Move", "moved_from", "moves", "said_of"]

_FROM = re.compile(r"[由从自](?:(?![到至为])[^，。；、]){0,14}$")
_THAN = re.compile(r"[比较][^，。；、]{0,12}的$")
_TO = re.compile(r"^[^，。；、由从自]{0,10}[到至为][^，。；、由从自]{0,8}$")
_FAR = 40
"""Characters between a level and what is said of it, at most."""


class Move(Struct, frozen=True):
    """From `earlier` to `later`; `said` is growth or change of the same thing that follows."""

    earlier: Stated
    later: Stated
    said: tuple[Stated, ...]


def moves(sheet: Sheet, figures: Sequence[Stated]) -> Iterator[Move]:
    """The moves of a sentence, given its figures in the order of the text."""
    for index, (first, second) in enumerate(pairwise(figures)):
        following = figures[index + 2 :]
        if _moved(sheet, first, second):
            yield Move(first, second, tuple(said_of(second, following)))
        elif _like(first, second) and first.name == second.name and _THAN.search(second.before):
            yield Move(second, first, tuple(said_of(second, following)))


def said_of(level: Stated, following: Sequence[Stated]) -> Iterator[Stated]:
    """Growth and change that follow a level and speak of the same thing, up to the next level."""
    for each in following:
        if each.kind not in {Kind.GROWTH, Kind.CHANGE, Kind.AVG_GROWTH}:
            return
        if each.name != level.name or each.figure.place != level.figure.place:
            return
        if each.figure.start - level.figure.end > _FAR:
            return
        yield each


def moved_from(figure: Stated) -> bool:
    """Whether a figure is what something was before: 由A, 从A."""
    return _FROM.search(figure.before) is not None


def _moved(sheet: Sheet, earlier: Stated, later: Stated) -> bool:
    between = sheet.document.text[earlier.figure.end : later.figure.start]
    return _like(earlier, later) and bool(_FROM.search(earlier.before) and _TO.match(between))


def _like(one: Stated, other: Stated) -> bool:
    """Whether two figures may be values of one thing."""
    return (
        one.kind is other.kind
        and one.kind in {Kind.LEVEL, Kind.RANK}
        and one.figure.unit == other.figure.unit
        and one.figure.high is None
        and other.figure.high is None
    )
