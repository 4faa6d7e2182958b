"""A text's blocks: its lines, with those put together that only the layout has broken.

Nothing is changed: a block is a span of the text and may hold line breaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from duban.documents.furniture import furniture_of_lines
from duban.documents.model import BlockKind

__all__ = ["BLANKS", "Line", "Piece", "lines_of", "pieces_of_lines", "split"]

BLANKS = "".join(map(chr, [*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200C)])) + (
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""Characters that are stripped from both ends of a block."""


@dataclass(slots=True)
class Piece:
    """A span on its way to becoming a block."""

    start: int
    end: int
    kind: BlockKind = BlockKind.PARAGRAPH
    furniture: str | None = None
    level: int | None = None
    """Of a heading, where the file's own styles tell it."""


@dataclass(slots=True)
class Line:
    """A line that is not blank, without the blanks round it."""

    start: int
    end: int
    text: str
    gap: int
    """Line breaks between the line before and this one."""
    indented: bool


_INDENT = re.compile(r"[\u3000\u2003\u2002]{2}|[ \xa0]{4}|\t")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_NEW = re.compile(
    rf"第?{_NUMERAL}(?:[、．.，]|是|要)|[（(](?:{_NUMERAL}|[0-9０-９]{{1,2}})[）)]|[0-9０-９]{{1,2}}[.．、](?![0-9０-９])"
    rf"|——|--|各位代表|附件|附录|名词解释|[★●■◆◇□]|\[[0-9]+\]|第{_NUMERAL}[章节部篇条]"
)
_STRONG = re.compile(rf"{_NUMERAL}、\S|[（(]{_NUMERAL}[）)]\S|第{_NUMERAL}[章节部篇条]|各位代表")
_MARKER_ALONE = re.compile(
    rf"第?{_NUMERAL}(?:[、．.，,]|是|要)|[（(]{_NUMERAL}[）)]|[0-9０-９]{{1,2}}[.．、]"
)
_HEADED = re.compile(rf"(?:{_NUMERAL}[、．.]|[（(]{_NUMERAL}[）)])[^。！？；，]{{1,50}}")
_SALUTATION = re.compile(r"(?:各位|尊敬的).{0,14}[：:！!，,]")
_FRAGMENT = re.compile(r"[0-9０-９.．％%]+")
_UNIT = re.compile(r"[多余]?[万亿％%]|个百分点")
_CLOSING = frozenset("，。、；：！？》」』）)”’％%,;")
_OPENING = frozenset("《「『（(“‘")
_FINAL = frozenset("。！？；：!?;:…")
_PUNCTUATION = re.compile(r"[，。、；：！？]")
_WIDE_GAP = re.compile(r"(?:\u3000\u3000|\u2003\u2003)[\s\u200b]*")


def split(text: str) -> list[Piece]:
    """The blocks of a plain text, each with its furniture, in order and disjoint."""
    return pieces_of_lines(lines_of(text))


def pieces_of_lines(
    lines: list[Line], furniture: list[str | None] | None = None, width: int = 0
) -> list[Piece]:
    """Lines put together into blocks where a break is the layout's.

    `furniture` names each line's, where it is known already; `width` is the length of a full line where
    lines are broken at the page's margin.
    """
    names = furniture if furniture is not None else furniture_of_lines([line.text for line in lines])
    parted = _parted_by_blank_lines(lines)
    pieces: list[Piece] = []
    owned: Piece | None = None
    before: Line | None = None
    for line, name in zip(lines, names, strict=True):
        if name is not None:
            pieces.append(Piece(line.start, line.end, furniture=name))
        elif before and owned and pieces[-1] is owned and _goes_on(before, line, owned, parted, width):
            owned.end = line.end
            before = line
        else:
            owned = Piece(line.start, line.end)
            pieces.append(owned)
            before = line
    return pieces


def _goes_on(before: Line, line: Line, piece: Piece, parted: bool, width: int) -> bool:
    if width:
        return _fills_margin(before, line, width)
    return _continues(before, line, piece.end - piece.start, parted)


def _fills_margin(before: Line, line: Line, width: int) -> bool:
    """Whether a line of a page goes on in the next: it is full, or breaks off without a stop."""
    if line.indented or _STRONG.match(line.text) or _SALUTATION.fullmatch(before.text):
        return False
    if line.text[0] in _CLOSING:
        return True
    if len(before.text) >= width - 2:
        return before.text[-1] not in _FINAL or len(before.text) >= width
    return before.text[-1] not in _FINAL and len(before.text) > width * 0.8


def lines_of(text: str) -> list[Line]:
    """The lines of a text that are not blank; a long line is cut where ideographic spaces part paragraphs."""
    lines: list[Line] = []
    end = 0
    at = 0
    for raw in text.splitlines(keepends=True):
        begin, at = at, at + len(raw)
        kept = raw.strip(BLANKS)
        if not kept:
            continue
        start = begin + raw.index(kept[0])
        gap = max(text.count("\n", end, start), text.count("\r", end, start), 1)
        line = Line(start, start + len(kept), kept, gap, _INDENT.match(raw) is not None)
        lines.extend(_parts_of_long_line(line) if len(kept) > 200 and _has_wide_gap(kept) else (line,))
        end = line.end
    return lines


def _has_wide_gap(line: str) -> bool:
    return "\u3000\u3000" in line or "\u2003\u2003" in line


def _parts_of_long_line(line: Line) -> list[Line]:
    """A long line whose paragraphs are parted by ideographic spaces, as separate lines."""
    parts: list[Line] = []
    at = 0
    for gap in _WIDE_GAP.finditer(line.text):
        if gap.start() > at:
            parts.append(_part(line, at, gap.start(), indented=bool(parts)))
        at = gap.end()
    parts.append(_part(line, at, len(line.text), indented=bool(parts)))
    return [part for part in parts if part.text]


def _part(line: Line, start: int, end: int, *, indented: bool) -> Line:
    raw = line.text[start:end]
    kept = raw.strip(BLANKS)
    begin = line.start + start + len(raw) - len(raw.lstrip(BLANKS))
    return Line(begin, begin + len(kept), kept, 1 if indented else line.gap, indented or line.indented)


def _parted_by_blank_lines(lines: list[Line]) -> bool:
    """Whether paragraphs are parted by blank lines, so that a single break is one of the layout."""
    single = double = 0
    for before, line in pairwise(lines):
        if before.text[-1] in _FINAL:
            if line.gap > 1:
                double += 1
            elif not line.indented:
                single += 1
    return double >= 3 and double >= 2 * single


def _continues(before: Line, line: Line, length: int, parted: bool) -> bool:
    """Whether `line` goes on with the paragraph of `before`, whose length so far is given."""
    last, first = before.text[-1], line.text[0]
    if first in _CLOSING and last not in _FINAL:
        return True
    if line.gap <= 2 and _MARKER_ALONE.fullmatch(before.text):
        return True
    if line.indented or (_STRONG if parted else _NEW).match(line.text) or _SALUTATION.fullmatch(before.text):
        return False
    if line.gap > 1:
        return line.gap == 2 and (
            (last in "0123456789０１２３４５６７８９" and _UNIT.match(line.text) is not None)
            or _cut_by_page(before.text, line.text)
        )
    if parted:
        return True
    return _broken_line(before.text, line.text, length)


def _cut_by_page(before: str, line: str) -> bool:
    """Whether a paragraph goes on behind the blank line that a page left in it: 推开营改增试点，全年 / 降低税负5700亿元."""
    unended = before[-1] not in _FINAL and before[-1] not in _CLOSING and before[-1].isalnum()
    return unended and "。" in before and _NEW.match(line) is None and line[0].isalnum()


def _broken_line(before: str, line: str, length: int) -> bool:
    last = before[-1]
    if last in _OPENING or last in "，、,的届":
        return True
    if last in _FINAL or before[-2:-1] in ("。", "！", "？"):
        return False
    if _FRAGMENT.fullmatch(line) or (length > 6 and _FRAGMENT.fullmatch(before)):
        return True
    if length <= 60 and _HEADED.fullmatch(before):
        return len(line) <= 15 and not _PUNCTUATION.search(line)
    return length > 40
