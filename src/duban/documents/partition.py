"""The part of each block: told by the heading it lies under, else by how paragraphs begin and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from duban.documents.blocks import Piece
from duban.documents.headings import Heading
from duban.documents.model import Part
from duban.documents.parts import named_parts, part_by_votes, part_of_paragraph, parts_of_heading

__all__ = ["parts_of_blocks"]

_REVIEW = frozenset({Part.REVIEW_YEAR, Part.REVIEW_TERM})
_PLAN = frozenset({Part.PLAN_YEAR, Part.PLAN_OUTLINE})
_OPENING = 60
"""Characters of a paragraph in which an opening is looked for."""


@dataclass(slots=True)
class _Chapter:
    """A top section's blocks, and what is known of its part."""

    blocks: list[int]
    told: tuple[Part, ...] = ()
    first: Part = Part.OTHER
    allowed: frozenset[Part] = field(default_factory=frozenset)


def parts_of_blocks(
    text: str,
    pieces: Sequence[Piece],
    headings: Sequence[Heading | None],
    tops: Sequence[int],
    year: int | None,
) -> list[Part]:
    """For each block its part; `tops` names the top section each block lies in (0: before or without any)."""
    parts = [Part.OTHER] * len(pieces)
    before = Part.OTHER
    for top, group in groupby(range(len(pieces)), key=lambda index: tops[index]):
        chapter = _chapter(text, pieces, headings, list(group), top, before, year)
        last = _run(text, pieces, headings, chapter, parts, year)
        if last is not Part.OTHER and chapter.told != (Part.OTHER,):
            before = chapter.told[-1] if len(chapter.told) > 1 and last is chapter.told[0] else last
    return parts


def _chapter(
    text: str,
    pieces: Sequence[Piece],
    headings: Sequence[Heading | None],
    blocks: list[int],
    top: int,
    before: Part,
    year: int | None,
) -> _Chapter:
    heading = headings[blocks[0]] if top else None
    everything = frozenset(Part) - {Part.OTHER}
    if heading is None:
        return _Chapter(blocks, allowed=everything)
    told = parts_of_heading(_words_of(text, pieces, headings, blocks, heading), year)
    if told == (Part.OTHER,):
        closed = heading.style == "annex" or len(heading.text) < 8
        return _Chapter(blocks, told, allowed=frozenset() if closed else everything)
    if len(told) > 1:
        return _Chapter(blocks, told, told[0], frozenset(told))
    first = told[0] if told else _untold(text[pieces[blocks[0]].start : pieces[blocks[-1]].end], before, year)
    if told:
        allowed = _REVIEW if first in _REVIEW else _PLAN
    else:
        allowed = _PLAN if first in _PLAN else everything
    return _Chapter(blocks, told, first, allowed)


def _words_of(
    text: str,
    pieces: Sequence[Piece],
    headings: Sequence[Heading | None],
    blocks: list[int],
    heading: Heading,
) -> str:
    """A heading's words; an annex's name may stand on the line after 附件1."""
    if heading.style == "annex" and len(heading.text) < 6 and len(blocks) > 1:
        following = pieces[blocks[1]]
        return heading.text + text[following.start : min(following.end, following.start + 40)]
    return heading.text


def _untold(passage: str, before: Part, year: int | None) -> Part:
    """The part of a chapter whose heading does not tell: a plan goes on; else its text is counted."""
    if before in _PLAN:
        return before
    return part_by_votes(passage, year) or before


def _may_switch(chapter: _Chapter, named: Part) -> bool:
    """Whether a heading inside the chapter may name another part: an outline looks back at the last plan."""
    if len(chapter.told) == 1:
        return chapter.told[0] is Part.PLAN_OUTLINE and named is Part.REVIEW_TERM
    return named in chapter.allowed


def _run(
    text: str,
    pieces: Sequence[Piece],
    headings: Sequence[Heading | None],
    chapter: _Chapter,
    parts: list[Part],
    year: int | None,
) -> Part:
    """Fill in the parts of a chapter's blocks; returns the last."""
    mixed = len(chapter.told) > 1
    state = chapter.first
    for index in chapter.blocks:
        piece, heading = pieces[index], headings[index]
        if piece.furniture is None and index != chapter.blocks[0]:
            if heading is not None and heading.style in ("chapter", "bracket", "plain"):
                named = named_parts(heading.text, year)
                if len(named) == 1 and _may_switch(chapter, named[0]):
                    state = named[0]
                elif not mixed:
                    state = chapter.first
            elif heading is None or heading.run_in:
                opened = part_of_paragraph(text[piece.start : min(piece.end, piece.start + _OPENING)], year)
                if opened in chapter.allowed and opened is not None:
                    state = opened
        parts[index] = state
    return state
