"""Headings → a tree of sections, each with its part, and the blocks that lie in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duban.documents.headings import LEVELS, Heading, headings_of
from duban.documents.model import Block, BlockKind, Part, Section
from duban.documents.partition import parts_of_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from duban.documents.blocks import Piece

__all__ = ["outline"]

_SALUTATION = re.compile(r"各位(?:代表|委员)")


@dataclass(slots=True)
class _Node:
    start: int
    end: int
    level: int
    heading: Heading | None
    parent: int | None
    part: Part = Part.OTHER


def outline(
    text: str, pieces: list[Piece], year: int | None
) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    """The tree of sections of a text whose blocks are known, and the blocks with their sections.

    Where the part changes inside a section, a child without a heading holds what follows.
    """
    headings = headings_of(text, pieces)
    tree = _Tree(len(text), headings)
    owners = [tree.place(text, piece, heading) for piece, heading in zip(pieces, headings, strict=True)]
    nodes = tree.close()
    tops = [_top(nodes, owner) for owner in owners]
    parts = parts_of_blocks(text, pieces, headings, tops, year)
    owners = _split_by_part(nodes, pieces, owners, parts)
    return _frozen(nodes, pieces, headings, owners)


class _Tree:
    """Sections as they open and close along the blocks."""

    def __init__(self, length: int, headings: Sequence[Heading | None]) -> None:
        self.nodes = [_Node(0, length, 0, None, None)]
        self.stack = [0]
        self.levels = dict(LEVELS)
        self.plain_on_top = False
        styles = [h.style for h in headings if h is not None and h.style in ("chapter", "bracket", "plain")]
        if not styles:
            return
        if styles[0] == "plain" and styles.count("plain") - _closings(headings) > 1:
            # Reports of the 1980s: headings without numbers above 一、.
            self.plain_on_top = True
            self.levels |= {"chapter": 2, "bracket": 3, "item": 4, "point": 5} if "chapter" in styles else {}
        elif styles[0] == "bracket":
            # Some reports of the 1950s and 1980s put （一） above 一、.
            self.levels |= {"bracket": 1, "chapter": 2}

    def place(self, text: str, piece: Piece, heading: Heading | None) -> int:
        """The section of a block, opened by it where it is a heading."""
        if heading is not None and heading.style != "title":
            self._open(piece.start, heading)
        elif _SALUTATION.match(text, piece.start):
            self._leave(piece.start, lambda node: node.level > 1)
        elif piece.furniture is None:
            self._leave(piece.start, _holds_one_paragraph)
        return self.stack[-1]

    def close(self) -> list[_Node]:
        self._leave(self.nodes[0].end, lambda _: True)
        return self.nodes

    def _leave(self, at: int, leaving: Callable[[_Node], bool]) -> None:
        while len(self.stack) > 1 and leaving(self.nodes[self.stack[-1]]):
            self.nodes[self.stack.pop()].end = at

    def _open(self, at: int, heading: Heading) -> None:
        level = self._level(at, heading)
        parent = self.stack[-1]
        self.nodes.append(_Node(at, at, max(level, self.nodes[parent].level + 1), heading, parent))
        self.stack.append(len(self.nodes) - 1)

    def _level(self, at: int, heading: Heading) -> int:
        """The level a heading opens; what it does not lie in has been left."""
        base = heading.level or self.levels[heading.style] + self._annexed(heading)
        if heading.style == "plain" and heading.level is None and not self.plain_on_top:
            return self._below_number(at)
        for index in reversed(self.stack[1:]):
            open_ = self.nodes[index]
            if heading.number > 1 and _same_list(open_, heading):
                self._leave(at, lambda node, level=open_.level: node.level >= level)  # type: ignore[misc]
                return open_.level
        anew = heading.number == 1 and any(self._style(index) == heading.style for index in self.stack[1:])
        if anew and heading.style == "chapter":
            return self._nested(at)
        self._leave(at, lambda node: node.level >= base)
        return base

    def _nested(self, at: int) -> int:
        """A list that begins anew lies in the last item of the list before it; a fourth lies no deeper."""
        self._leave(at, lambda node: node.level > 1 and _holds_one_paragraph(node))
        same = [index for index in self.stack if self._style(index) == "chapter"]
        inner = self.nodes[same[-1]] if same else None
        if inner is not None and (len(same) > 2 or _is_first(inner)):
            self._leave(at, lambda node: node.level >= inner.level)
            return inner.level
        return self.nodes[self.stack[-1]].level + 1

    def _below_number(self, at: int) -> int:
        """A heading without a number lies in the numbered section it stands in, if there is one."""
        self._leave(
            at,
            lambda node: node.heading is not None and (node.heading.style == "plain" or node.heading.run_in),
        )
        return self.nodes[self.stack[-1]].level + 1

    def _annexed(self, heading: Heading) -> int:
        return int(
            heading.style not in ("annex", "plain")
            and any(self._style(index) == "annex" for index in self.stack)
        )

    def _style(self, index: int) -> str:
        heading = self.nodes[index].heading
        return heading.style if heading is not None else ""


def _is_first(node: _Node) -> bool:
    return node.heading is not None and node.heading.number == 1


def _closings(headings: Sequence[Heading | None]) -> int:
    return sum(heading is not None and heading.text == "结束语" for heading in headings)


def _holds_one_paragraph(node: _Node) -> bool:
    """一是… or 第一，… at the head of a paragraph holds that paragraph only."""
    return node.heading is not None and node.heading.run_in and node.heading.style in ("point", "item")


def _same_list(node: _Node, heading: Heading) -> bool:
    return (
        node.heading is not None
        and node.heading.style == heading.style
        and node.heading.number == heading.number - 1
    )


def _top(nodes: list[_Node], index: int) -> int:
    while nodes[index].level > 1 and (parent := nodes[index].parent) is not None:
        index = parent
    return index


def _split_by_part(
    nodes: list[_Node], pieces: list[Piece], owners: list[int], parts: list[Part]
) -> list[int]:
    """Give each section its first block's part, and open children without a heading where the part changes."""
    owners = list(owners)
    seen: set[int] = {0}
    last: int | None = None
    opened: dict[int, int] = {}
    for index, (piece, owner) in enumerate(zip(pieces, owners, strict=True)):
        if owner not in seen:
            seen.add(owner)
            nodes[owner].part = parts[index]
        if owner != last:
            opened.pop(owner, None)
        current = opened.get(owner)
        if parts[index] is not nodes[owner if current is None else current].part:
            nodes.append(
                _Node(piece.start, nodes[owner].end, nodes[owner].level + 1, None, owner, parts[index])
            )
            opened[owner] = len(nodes) - 1
            if current is not None:
                nodes[current].end = piece.start
        last = owner
        owners[index] = opened.get(owner, owner)
    return owners


def _frozen(
    nodes: list[_Node], pieces: list[Piece], headings: Sequence[Heading | None], owners: list[int]
) -> tuple[tuple[Section, ...], tuple[Block, ...]]:
    order = sorted(range(len(nodes)), key=lambda index: (nodes[index].start, nodes[index].level))
    at = {index: position for position, index in enumerate(order)}
    _end_before_siblings([nodes[index] for index in order])
    sections = tuple(
        Section(
            start=node.start,
            end=node.end,
            level=node.level,
            heading=node.heading.text if node.heading is not None else "",
            part=node.part,
            parent=None if node.parent is None else at[node.parent],
        )
        for node in (nodes[index] for index in order)
    )
    blocks = tuple(
        Block(
            start=piece.start,
            end=piece.end,
            kind=BlockKind.HEADING if heading is not None and not heading.run_in else piece.kind,
            section=at[owner],
            furniture=piece.furniture,
        )
        for piece, heading, owner in zip(pieces, headings, owners, strict=True)
    )
    return sections, blocks


def _without_heading(node: _Node) -> bool:
    return node.heading is None and node.parent is not None


def _end_before_siblings(nodes: list[_Node]) -> None:
    """A child without a heading ends where the next section begins that does not lie in it."""
    open_: list[_Node] = []
    for node in nodes:
        while open_ and (open_[-1].level >= node.level or _without_heading(open_[-1])):
            closed = open_.pop()
            closed.end = min(closed.end, node.start)
        open_.append(node)
