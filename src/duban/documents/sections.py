"""Headings → a tree of sections, each with its part, and the blocks that lie in them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from duban.documents.blocks import Piece
from duban.documents.model import Block, BlockKind, Part, Section
from duban.documents.parts import part_by_votes, part_of_paragraph, parts_of_heading

__all__ = ["outline"]

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_MARKERS = re.compile(
    rf"(?P<chapter>(?P<n0>{_NUMERAL})、|第(?P<n1>{_NUMERAL})[章节部篇][分]?)"
    rf"|(?P<bracket>[（(](?P<n2>{_NUMERAL})[）)])"
    rf"|(?P<item>(?P<n3>[0-9０-９]{{1,2}})[.．、](?![0-9０-９])|第(?P<n4>{_NUMERAL})[，、,])"
    rf"|(?P<point>(?P<n5>{_NUMERAL})[是要](?![求素一]))"
    rf"|(?P<bare>(?P<n6>{_NUMERAL})$)"
)
_LEVELS = {"chapter": 1, "bare": 1, "bracket": 2, "item": 3, "point": 4}
_NUMERALS = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_SENTENCE = re.compile(r"[^。！？；!?;\r\n]*(?:[\r\n][^。！？；!?;\r\n]+)*")
_SALUTATION = re.compile(r"各位(?:代表|委员)")
_TITLE = re.compile(r"[^。，；]{0,50}工作\s*报\s*告(?![^（(\r\n])")
_SHORT = 36
"""An unnumbered heading is no longer than this and has no stop in it."""
_HEADING_WORDS = re.compile(r"回顾|总结|安排|任务|部署|要求|重点|目标|工作|建设|问题|结束语|名词解释|附件|附录|形势|政策|外交|成就|关于|情况|措施|征程")


@dataclass(slots=True)
class _Heading:
    style: str
    number: int
    text: str
    run_in: bool
    """The paragraph goes on after the heading."""
    level: int | None = None


@dataclass(slots=True)
class _Node:
    start: int
    level: int
    heading: str
    parent: int | None
    style: str = ""
    number: int = 0
    run_in: bool = False
    end: int = 0
    parts: tuple[Part, ...] = ()
    part: Part = Part.OTHER
    blocks: list[int] = field(default_factory=list)


def outline(text: str, pieces: list[Piece], year: int | None) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    """The tree of sections of a text whose blocks are known, and the blocks with their sections."""
    tree = _Tree(len(text))
    headings = [_heading_of(text, piece, index, pieces) for index, piece in enumerate(pieces)]
    tree.swapped = _brackets_first(headings)
    owners = [tree.place(piece, heading, text) for piece, heading in zip(pieces, headings, strict=True)]
    nodes = tree.nodes
    _give_parts(text, pieces, owners, nodes, year)
    return _frozen(text, pieces, headings, owners, nodes)


def _heading_of(text: str, piece: Piece, index: int, pieces: list[Piece]) -> _Heading | None:
    if piece.furniture is not None or piece.kind is BlockKind.TABLE:
        return None
    opening = text[piece.start : min(piece.end, piece.start + 120)]
    found = _MARKERS.match(opening)
    if found is not None and found.lastgroup is not None:
        return _numbered(text, piece, opening, found)
    if index < 30 and _TITLE.match(opening) and all(before.end - before.start < 60 for before in pieces[:index]):
        return _Heading("title", 0, opening, False)
    if piece.kind is BlockKind.HEADING:
        return _Heading("plain", 0, text[piece.start : piece.end], False, piece.level or 1)
    if piece.end - piece.start <= _SHORT and _is_plain_heading(opening, index, pieces):
        return _Heading("plain", 0, opening, False)
    return None


def _numbered(text: str, piece: Piece, opening: str, found: re.Match[str]) -> _Heading:
    style = next(name for name in _LEVELS if found.group(name) is not None)
    number = _value(next(found.group(f"n{n}") for n in range(7) if found.group(f"n{n}") is not None))
    sentence = _SENTENCE.match(opening, found.end())
    end = piece.start + (sentence.end() if sentence else found.end())
    run_in = end + 1 < piece.end
    return _Heading(style, number, text[piece.start : end if run_in else piece.end].strip(), run_in)


def _value(numeral: str) -> int:
    if numeral.isdecimal():
        return int(numeral)
    if "十" not in numeral:
        return sum(_NUMERALS.get(char, 0) for char in numeral)
    tens, _, ones = numeral.partition("十")
    return _NUMERALS.get(tens[:1], 1) * 10 + _NUMERALS.get(ones[:1], 0)


def _is_plain_heading(line: str, index: int, pieces: list[Piece]) -> bool:
    """A short line without a stop that speaks of a part of a report, with a paragraph after it."""
    if line[-1] in "。！？；：!?;:，、…" or _SALUTATION.match(line) or line.startswith(("—", "-", "―")):
        return False
    if "，" in line and not _HEADING_WORDS.search(line):
        return False
    if index + 1 >= len(pieces) or not _HEADING_WORDS.search(line):
        return False
    return "。" not in line


def _brackets_first(headings: list[_Heading | None]) -> bool:
    """Whether （一） stands above 一、 in this text, as in some reports of the 1950s and 1980s."""
    styles = [heading.style for heading in headings if heading and heading.style in ("chapter", "bracket")]
    return bool(styles) and styles[0] == "bracket" and "chapter" in styles


class _Tree:
    """Sections as they open and close along the blocks."""

    def __init__(self, length: int) -> None:
        self.nodes = [_Node(0, 0, "", None, end=length)]
        self.stack = [0]
        self.swapped = False

    def place(self, piece: Piece, heading: _Heading | None, text: str) -> int:
        """The section of a block, opened by it where it is a heading."""
        if heading is not None:
            if heading.style != "title":
                self._open(piece, heading)
        elif _SALUTATION.match(text, piece.start):
            self._leave(lambda node: node.level > 1)
        else:
            self._leave(lambda node: node.run_in and node.level >= 3)
        return self.stack[-1]

    def _leave(self, leaving: Callable[[_Node], bool]) -> None:
        while len(self.stack) > 1 and leaving(self.nodes[self.stack[-1]]):
            self.stack.pop()

    def _open(self, piece: Piece, heading: _Heading) -> None:
        level = self._level(heading)
        parent = self.stack[-1]
        level = max(level, self.nodes[parent].level + 1)
        node = _Node(piece.start, level, heading.text, parent, heading.style, heading.number, heading.run_in)
        self.nodes.append(node)
        self.stack.append(len(self.nodes) - 1)

    def _level(self, heading: _Heading) -> int:
        """The heading's level; leaves on the stack what it lies in."""
        base = heading.level or self._base(heading.style)
        same = [depth for depth, index in enumerate(self.stack) if self.nodes[index].style == heading.style and index]
        follows = [depth for depth in same if self.nodes[self.stack[depth]].number == heading.number - 1]
        if heading.number == 1 and same and heading.style != "plain":
            return self._nested(heading, base)
        if follows and heading.number > 1:
            depth = follows[-1]
            level = self.nodes[self.stack[depth]].level
            del self.stack[depth:]
            return level
        while len(self.stack) > 1 and self.nodes[self.stack[-1]].level >= base:
            self.stack.pop()
        return base

    def _nested(self, heading: _Heading, base: int) -> int:
        """A list that begins anew: below the last heading of another style, if there is one."""
        while len(self.stack) > 1 and self.nodes[self.stack[-1]].style == heading.style and self.nodes[self.stack[-1]].run_in:
            self.stack.pop()
        top = self.nodes[self.stack[-1]]
        return top.level + 1 if top.style == heading.style or top.level >= base else base

    def _base(self, style: str) -> int:
        if style == "plain":
            return 1
        if self.swapped and style in ("chapter", "bracket"):
            return 2 if style == "chapter" else 1
        return _LEVELS[style]


def _give_parts(text: str, pieces: list[Piece], owners: list[int], nodes: list[_Node], year: int | None) -> None:
    """Each section's part: from its heading, else from the section it lies in, else from its text."""
    before = Part.OTHER
    for index, node in enumerate(nodes[1:], start=1):
        node.parts = parts_of_heading(node.heading, year) if node.level <= 2 else ()
        parent = nodes[node.parent or 0]
        if node.parts:
            node.part = node.parts[0]
        elif node.level > 1 and parent.level:
            node.part = parent.part
        else:
            node.part = before
        if node.level == 1:
            before = node.part


def _frozen(
    text: str, pieces: list[Piece], headings: list[_Heading | None], owners: list[int], nodes: list[_Node]
) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    _set_ends(nodes, len(text))
    blocks = tuple(
        Block(
            start=piece.start,
            end=piece.end,
            kind=BlockKind.HEADING if heading and not heading.run_in and piece.kind is BlockKind.PARAGRAPH else piece.kind,
            section=owner,
            furniture=piece.furniture,
        )
        for piece, heading, owner in zip(pieces, headings, owners, strict=True)
    )
    sections = tuple(
        Section(start=node.start, end=node.end, level=node.level, heading=node.heading, part=node.part, parent=node.parent)
        for node in nodes
    )
    return sections, blocks


def _set_ends(nodes: list[_Node], length: int) -> None:
    """A section ends where the next one begins that does not lie in it."""
    open_: list[_Node] = []
    for node in nodes:
        while open_ and open_[-1].level >= node.level:
            open_.pop().end = node.start
        open_.append(node)
    for node in open_:
        node.end = length
