"""The part of each block: told by the heading it lies under, else by how paragraphs begin and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from duban.documents.blocks import Piece
from duban.documents.headings import Heading
from duban.documents.model import Part
from duban.documents.parts import named_parts, part_by_votes, part_of_paragraph, parts_of_heading

__all__ = ["parts_of_blocks"]

_ANY = frozenset(Part) - {Part.OTHER}
_REVIEW = frozenset({Part.REVIEW_YEAR, Part.REVIEW_TERM})
_PLAN = frozenset({Part.PLAN_YEAR, Part.PLAN_OUTLINE})
_OPENING = 60
"""Characters of a paragraph in which an opening is looked for."""
_LEAD = 1000
"""Characters before a chapter's list from which on they are judged by themselves."""


@dataclass(frozen=True, slots=True)
class _Report:
    text: str
    pieces: Sequence[Piece]
    headings: Sequence[Heading | None]
    year: int | None

    def passage(self, first: int, last: int) -> str:
        return self.text[self.pieces[first].start : self.pieces[last].end]

    def opening(self, index: int) -> str:
        piece = self.pieces[index]
        return self.text[piece.start : min(piece.end, piece.start + _OPENING)]


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A top section's blocks, and what is known of its part."""

    blocks: list[int]
    told: tuple[Part, ...]
    """What its heading says."""
    first: Part
    allowed: frozenset[Part]
    """The parts its paragraphs may go over to."""


def parts_of_blocks(
    text: str,
    pieces: Sequence[Piece],
    headings: Sequence[Heading | None],
    tops: Sequence[int],
    year: int | None,
) -> list[Part]:
    """For each block its part; `tops` names the top section each block lies in (0: before or without any)."""
    report = _Report(text, pieces, headings, year)
    parts: list[Part] = []
    before = Part.OTHER
    for top, group in groupby(range(len(pieces)), key=tops.__getitem__):
        blocks = list(group)
        for chapter in _chapters(report, blocks, headings[blocks[0]] if top else None, before):
            parts.extend(_run(report, chapter))
            before = _carried(chapter, parts[-1], before)
    return parts


def _carried(chapter: _Chapter, last: Part, before: Part) -> Part:
    """The part that a following chapter goes on with if its heading does not tell."""
    if last is Part.OTHER or chapter.told == (Part.OTHER,):
        return before
    return chapter.told[-1] if len(chapter.told) > 1 and last is chapter.told[0] else last


def _chapters(report: _Report, blocks: list[int], heading: Heading | None, before: Part) -> list[_Chapter]:
    """The chapter of a top section; two where its heading does not tell and a long passage leads its list."""
    if heading is None:
        return [_Chapter(blocks, (), Part.OTHER, _ANY)]
    told = parts_of_heading(_words_of(report, blocks, heading), report.year)
    if told:
        return [_told(blocks, told, heading)]
    lead = next(
        (at for at, index in enumerate(blocks) if at and _is_numbered(report.headings[index])), len(blocks)
    )
    if lead == len(blocks) or len(report.passage(blocks[0], blocks[lead - 1])) < _LEAD:
        return [_untold(report, blocks, before)]
    first = _untold(report, blocks[:lead], before)
    return [first, _untold(report, blocks[lead:], _carried(first, first.first, before))]


def _told(blocks: list[int], told: tuple[Part, ...], heading: Heading) -> _Chapter:
    if told == (Part.OTHER,):
        closed = heading.style == "annex" or len(heading.text) < 8
        return _Chapter(blocks, told, Part.OTHER, frozenset() if closed else _ANY)
    if len(told) > 1:
        return _Chapter(blocks, told, told[0], frozenset(told))
    return _Chapter(blocks, told, told[0], _PLAN if told[0] in _PLAN else _REVIEW)


def _untold(report: _Report, blocks: list[int], before: Part) -> _Chapter:
    """A chapter whose heading does not tell: a plan goes on; else its text is counted."""
    first = before
    if before not in _PLAN:
        first = part_by_votes(report.passage(blocks[0], blocks[-1]), report.year) or before
    return _Chapter(blocks, (), first, _PLAN if first in _PLAN else _ANY)


def _is_numbered(heading: Heading | None) -> bool:
    return heading is not None and heading.style in ("chapter", "bracket")


def _words_of(report: _Report, blocks: list[int], heading: Heading) -> str:
    """A heading's words; an annex's name may stand on the line after 附件1."""
    if heading.style == "annex" and len(heading.text) < 6 and len(blocks) > 1:
        return heading.text + report.opening(blocks[1])
    return heading.text


def _run(report: _Report, chapter: _Chapter) -> list[Part]:
    """The parts of a chapter's blocks, in order."""
    state = chapter.first
    parts = [state]
    for index in chapter.blocks[1:]:
        if report.pieces[index].furniture is None:
            state = _next(report, chapter, index, state)
        parts.append(state)
    if report.headings[chapter.blocks[0]] is None:
        parts[0] = _next(report, chapter, chapter.blocks[0], chapter.first)
    return parts


def _next(report: _Report, chapter: _Chapter, index: int, state: Part) -> Part:
    """The part from block `index` on."""
    heading = report.headings[index]
    if heading is not None and heading.style in ("chapter", "bracket", "plain"):
        named = named_parts(heading.text, report.year)
        if len(named) == 1 and _may_switch(chapter, named[0]):
            return named[0]
        return state if len(chapter.told) > 1 else chapter.first
    if heading is None or heading.run_in:
        opened = part_of_paragraph(report.opening(index), report.year)
        if opened is not None and opened in chapter.allowed:
            return opened
    return state


def _may_switch(chapter: _Chapter, named: Part) -> bool:
    """Whether a heading inside the chapter may name another part: an outline looks back at the last plan."""
    if len(chapter.told) == 1:
        return chapter.told[0] is Part.PLAN_OUTLINE and named is Part.REVIEW_TERM
    return named in chapter.allowed
