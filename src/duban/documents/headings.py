"""Which blocks are headings, of what style, and how far the heading reaches into its paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duban.documents.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from duban.documents.blocks import Piece

__all__ = ["LEVELS", "Heading", "headings_of"]

LEVELS = {"annex": 1, "chapter": 1, "bare": 1, "plain": 1, "bracket": 2, "item": 3, "point": 4}
"""Style → level: 一、 (chapter), 一 alone on its line (bare), （一） (bracket), 1. or 第一， (item), 一是 (point)."""

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_MARKERS = re.compile(
    rf"(?P<chapter>(?P<n0>{_NUMERAL})、|第(?P<n1>{_NUMERAL})(?:部分|[章节篇]))"
    rf"|(?P<bracket>[（(](?P<n2>{_NUMERAL})[）)])"
    rf"|(?P<item>(?P<n3>[0-9０-９]{{1,2}})[.．、](?![0-9０-９])|第(?P<n4>{_NUMERAL})[，、,])"
    rf"|(?P<point>(?P<n5>{_NUMERAL})是)"
    rf"|(?P<bare>(?P<n6>{_NUMERAL})$)"
)
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_SENTENCE = re.compile(r"[^。！？；!?;]*")
_TITLE = re.compile(r"[^。，；]{0,50}工作\s*报\s*告(?![^（(\r\n])")
_ANNEX = re.compile(r"附(?:件|录|[:：]|表)|[^。，]{0,20}(?:名词|词语|术语|用语)(?:解释|注释|说明)")
_WORDS = re.compile(
    "回顾|总结|安排|任务|部署|要求|重点|目标|工作|建设|问题|结束语|形势|政策|外交|成就|关于|情况|措施|征程|实事"
)
_OWN = re.compile("回顾|总结|安排|任务|目标|实事")
"""What a heading that opens a report without a salutation speaks of; a title or byline does not."""
_TOP = re.compile("^结束语$|^关于.*报告$|^(?:关于)?外交工作$")
_STOPS = "。！？；：！!?;:，、…"
_SHORT = 36
"""A heading without a number is no longer than this."""
_FRONT = 30
"""Blocks among which the report's title is looked for."""


@dataclass(frozen=True, slots=True)
class Heading:
    style: str
    number: int
    text: str
    run_in: bool = False
    """The paragraph goes on after the heading."""
    level: int | None = None
    """Where the file's own styles tell it."""


def headings_of(text: str, pieces: Sequence[Piece]) -> list[Heading | None]:
    """For each block the heading it is or begins with, or None."""
    front = _front(text, pieces)
    return [
        _heading(text, piece, index < front, index + 1 < len(pieces)) for index, piece in enumerate(pieces)
    ]


def _front(text: str, pieces: Sequence[Piece]) -> int:
    """How many blocks stand before the report's own first words."""
    for index, piece in enumerate(pieces[:_FRONT]):
        if piece.furniture is None and (
            piece.end - piece.start > 80 or text.startswith(("各位", "一、"), piece.start)
        ):
            return index
    return min(len(pieces), _FRONT)


def _heading(text: str, piece: Piece, in_front: bool, followed: bool) -> Heading | None:
    if piece.furniture is not None or piece.kind is BlockKind.TABLE:
        return None
    opening = text[piece.start : min(piece.end, piece.start + 120)]
    if in_front and _TITLE.match(opening):
        return Heading("title", 0, opening)
    found = _MARKERS.match(opening)
    if found is not None:
        return _numbered(text, piece, opening, found)
    if piece.kind is BlockKind.HEADING:
        return Heading("plain", 0, opening, level=piece.level)
    if piece.end - piece.start > _SHORT:
        return None
    return _unnumbered(opening, in_front, followed)


def _unnumbered(line: str, in_front: bool, followed: bool) -> Heading | None:
    if _ANNEX.match(line):
        return Heading("annex", 0, line)
    if followed and _is_plain(line) and (not in_front or _OWN.search(line)):
        return Heading("plain", 0, line, level=1 if _TOP.search(line) else None)
    return None


def _numbered(text: str, piece: Piece, opening: str, found: re.Match[str]) -> Heading:
    style = found.lastgroup or "plain"
    number = _value(next(filter(None, found.group("n0", "n1", "n2", "n3", "n4", "n5", "n6"))))
    sentence = _SENTENCE.match(opening, found.end())
    end = piece.start + (sentence.end() if sentence is not None else found.end())
    run_in = end + 1 < piece.end
    return Heading(
        style, number, text[piece.start : end if run_in else piece.end].rstrip(), run_in, piece.level
    )


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    if "十" not in numeral:
        return sum(_DIGITS.get(char, 0) for char in numeral)
    tens, _, ones = numeral.partition("十")
    return _DIGITS.get(tens[:1], 1) * 10 + _DIGITS.get(ones[:1], 0)


def _is_plain(line: str) -> bool:
    """A short line without a stop that speaks of a part of a report."""
    if (
        len(line) > _SHORT
        or line[-1] in _STOPS
        or any(stop in line for stop in "。，：")
        or line[0] in "—-―–"
    ):
        return False
    return _WORDS.search(line) is not None and not line.startswith("各位")
