"""The report's text as HTML, with the findings laid over it.

The text content of what `marked_report` gives, and `laid_over` without added links, is the document's text, character
for character, but for what HTML cannot hold: NUL and halves of surrogate pairs become U+FFFD.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from html import escape
from typing import TYPE_CHECKING

from markupsafe import Markup

from duban.documents.model import BlockKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from duban.documents.model import Block, Document
    from duban.reading.reading import Reading

__all__ = ["FIGURE", "Mark", "Span", "laid_over", "marked_report"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A stretch of the text that something beside the reading is said of: its row is named like it."""

    start: int
    end: int
    name: str
    """A letter of its own and a number: v0."""
    classes: str


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the text to be wrapped. Of two that start together the longer is the outer one."""

    start: int
    backwards: int
    """The end, negated for the order."""
    layer: int
    """0 nothing (an empty anchor or a link), 1 statement, 2 distinction, 3 figure (in one piece), 4 other marks."""
    index: int
    opening: str
    """The start tag of the first piece."""
    again: str
    """The start tag of further pieces."""
    closing: str
    """The end tag of each piece."""

    @property
    def end(self) -> int:
        return -self.backwards

    def cut(self, at: int) -> tuple[Span, Span]:
        rest = replace(self, start=at, opening=self.again)
        return replace(self, backwards=-at), rest


FIGURE = 3
"""The layer that is never cut."""
_MARK = 4


def marked_report(reading: Reading, marks: Sequence[Mark] = ()) -> Markup:
    """All of the text: blocks as headings and paragraphs, what stands between them, the findings and other marks."""
    return laid_over(reading.document, _spans(reading, marks))


def laid_over(document: Document, found: Iterable[Span], *, top: int = 2) -> Markup:
    """All of the text with spans laid over it, whose tags are taken as they are: who makes them escapes them.

    `top` is the level of its highest headings on the page.
    """
    spans = _uncrossed(found)
    heapify(spans)
    levels = _levels(document, top)
    pieces = [
        _stretch(document, start, end, block, _take(spans, end), levels.get(start, 0))
        for start, end, block in _stretches(document)
    ]
    pieces.extend(f"{span.opening}{span.closing}" for span in spans)
    return Markup("".join(pieces))  # noqa: S704 - every character of the text went through _escaped


def _take(spans: list[Span], end: int) -> list[Span]:
    """The spans that begin before `end`, taken from the heap; what is left of one that goes on stays there."""
    taken = []
    while spans and spans[0].start < end:
        span = heappop(spans)
        if span.end > end:
            span, rest = span.cut(end)
            heappush(spans, rest)
        taken.append(span)
    return taken


def _stretches(document: Document) -> Iterator[tuple[int, int, Block | None]]:
    """The text cut into its blocks and what lies between them."""
    position = 0
    for block in document.blocks:
        if block.start > position:
            yield position, block.start, None
        yield block.start, block.end, block
        position = block.end
    if position < len(document.text):
        yield position, len(document.text), None


def _stretch(
    document: Document, start: int, end: int, block: Block | None, spans: Sequence[Span], level: int
) -> str:
    if block is None and not document.text[start:end].strip():
        anchors = "".join(f"{span.opening}{span.closing}" for span in spans if span.layer == 0)
        return f'{anchors}<span class="gap">{_escaped(document.text[start:end])}</span>'
    tag, classes = _element(block, level)
    if "\n" in document.text[start:end]:
        classes += " broken"
    note = ' data-t-title="furniture"' if block is not None and block.furniture is not None else ""
    return f'<{tag} class="{classes}"{note}>{_marked(document.text, start, end, spans)}</{tag}>'


def _element(block: Block | None, level: int) -> tuple[str, str]:
    """The tag and the classes that a block is shown with; a heading has a level, the title has none."""
    if block is None:
        return "p", "block"
    if block.furniture is not None:
        return "p", "block furniture"
    if block.kind is BlockKind.TABLE:
        return "p", "block cells"
    if block.kind is BlockKind.PARAGRAPH:
        return "p", "block"
    return (f"h{level}", "block") if level else ("p", "block title")


def _levels(document: Document, top: int) -> dict[int, int]:
    """Where a heading begins → its level on the page, none of which is passed over on the way down."""
    found: dict[int, int] = {}
    last = top - 1
    for block in document.blocks:
        depth = _depth(document, block.section)
        if block.kind is BlockKind.HEADING and block.furniture is None and depth:
            last = found[block.start] = min(top - 1 + depth, last + 1, 6)
    return found


def _depth(document: Document, section: int) -> int:
    """How many headings lead to a section; 0 for the root."""
    depth = 0
    while (parent := document.sections[section].parent) is not None:
        section, depth = parent, depth + 1
    return depth


def _spans(reading: Reading, marks: Sequence[Mark]) -> list[Span]:
    """Everything to be laid over the text."""
    spans = [
        Span(section.start, -section.start, 0, i, f'<span class="anchor" id="h{i}">', "", "</span>")
        for i, section in enumerate(reading.document.sections)
        if i
    ]
    for i, statement in enumerate(reading.statements):
        again = f'<span class="statement {statement.status.value}" data-of="s{i}">'
        spans.append(_span(statement.start, statement.end, 1, i, again, f"s{i}"))
    for i, distinction in enumerate(reading.distinctions):
        again = f'<mark class="distinction" data-of="d{i}">'
        spans.append(_span(distinction.start, distinction.end, 2, i, again, f"d{i}"))
    for i, figure in enumerate(reading.figures):
        again = f'<mark class="figure {figure.kind.value} {figure.status.value}" data-of="f{i}">'
        spans.append(_span(figure.start, figure.end, FIGURE, i, again, f"f{i}"))
    for i, mark in enumerate(marks):
        again = f'<mark class="{mark.classes}" data-of="{mark.name}">'
        spans.append(_span(mark.start, mark.end, _MARK, i, again, mark.name))
    return spans


def _uncrossed(found: Iterable[Span]) -> list[Span]:
    """The spans, none of which goes only part of the way through a figure."""
    spans = list(found)
    figures = sorted((span.start, span.end) for span in spans if span.layer == FIGURE)
    return [piece for span in spans for piece in _outside(span, figures)]


def _span(start: int, end: int, layer: int, index: int, again: str, name: str) -> Span:
    focus = "" if layer == 1 else ' role="link" tabindex="-1"'
    closing = "</span>" if layer == 1 else "</mark>"
    return Span(start, -end, layer, index, again[:-1] + f' id="{name}"{focus}>', again, closing)


def _outside(span: Span, figures: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """The span, cut where a figure begins that it ends in the midst of: a figure stays in one piece."""
    at = bisect_left(figures, (span.end,)) - 1
    if span.layer == FIGURE or at < 0:
        return (span,)
    start, end = figures[at]
    return span.cut(start) if span.start < start < span.end < end else (span,)


def _marked(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """`text[start:end]` with the spans as properly nested elements; what would cross is cut."""
    waiting = list(spans)
    heapify(waiting)
    open_spans: list[Span] = []
    pieces: list[str] = []
    position = start

    def upto(offset: int) -> None:
        nonlocal position
        pieces.append(_escaped(text[position:offset]))
        position = offset

    def close(until: int) -> None:
        while open_spans and open_spans[-1].end <= until:
            span = open_spans.pop()
            upto(span.end)
            pieces.append(span.closing)

    while waiting:
        span = heappop(waiting)
        close(span.start)
        if open_spans and span.end > open_spans[-1].end:
            span, rest = span.cut(open_spans[-1].end)
            heappush(waiting, rest)
        upto(span.start)
        pieces.append(span.opening)
        open_spans.append(span)
    close(end)
    upto(end)
    return "".join(pieces)


# NUL and half a surrogate pair cannot stand in a page; a bare carriage return would be read as a line feed.
_UNFIT = re.compile("[\0\r\ud800-\udfff]")


def _escaped(text: str) -> str:
    return _UNFIT.sub(lambda found: "&#13;" if found.group() == "\r" else "\ufffd", escape(text))
