"""The report's text as HTML, with the findings laid over it.

The text content of what `marked_report` gives is the document's text, character for character, but
for what HTML cannot hold: NUL and halves of surrogate pairs become U+FFFD.
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
    from collections.abc import Iterator, Sequence

    from duban.documents.model import Block, Document
    from duban.reading.reading import Reading

__all__ = ["Mark", "marked_report"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A stretch of the text that something beside the reading is said of: its row is named like it."""

    start: int
    end: int
    name: str
    """A letter of its own and a number: v0."""
    classes: str


@dataclass(frozen=True, slots=True, order=True)
class _Span:
    """A stretch of the text to be wrapped. Of two that start together the longer is the outer one."""

    start: int
    backwards: int
    """The end, negated for the order."""
    layer: int
    """0 section (an empty anchor), 1 statement, 2 distinction, 3 figure, 4 other marks; a figure stays in one piece."""
    index: int
    opening: str
    """The start tag of the first piece."""
    again: str
    """The start tag of further pieces."""

    @property
    def end(self) -> int:
        return -self.backwards

    def cut(self, at: int) -> tuple[_Span, _Span]:
        rest = replace(self, start=at, opening=self.again)
        return replace(self, backwards=-at), rest


_FIGURE = 3
_MARK = 4
_CLOSING = ("</span>", "</span>", "</mark>", "</mark>", "</mark>")


def marked_report(reading: Reading, marks: Sequence[Mark] = ()) -> Markup:
    """All of the text: blocks as headings and paragraphs, what stands between them, the findings and other marks."""
    document = reading.document
    spans = _spans(reading, marks)
    heapify(spans)
    pieces = [
        _stretch(document, start, end, block, _take(spans, end)) for start, end, block in _stretches(document)
    ]
    pieces.extend(f"{span.opening}</span>" for span in spans)
    return Markup("".join(pieces))  # noqa: S704 - every character of the text went through _escaped


def _take(spans: list[_Span], end: int) -> list[_Span]:
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


def _stretch(document: Document, start: int, end: int, block: Block | None, spans: Sequence[_Span]) -> str:
    if block is None and not document.text[start:end].strip():
        anchors = "".join(f"{span.opening}</span>" for span in spans if span.layer == 0)
        return f'{anchors}<span class="gap">{_escaped(document.text[start:end])}</span>'
    tag, classes = _element(document, block)
    if "\n" in document.text[start:end]:
        classes += " broken"
    note = ' data-t-title="furniture"' if block is not None and block.furniture is not None else ""
    return f'<{tag} class="{classes}"{note}>{_marked(document.text, start, end, spans)}</{tag}>'


def _element(document: Document, block: Block | None) -> tuple[str, str]:
    """The tag and the classes that a block is shown with."""
    if block is None:
        return "p", "block"
    if block.furniture is not None:
        return "p", "block furniture"
    if block.kind is BlockKind.TABLE:
        return "p", "block cells"
    if block.kind is BlockKind.PARAGRAPH:
        return "p", "block"
    depth = _depth(document, block.section)
    return (f"h{min(depth + 1, 6)}", "block") if depth else ("p", "block title")


def _depth(document: Document, section: int) -> int:
    """How many headings lead to a section; 0 for the root."""
    depth = 0
    while (parent := document.sections[section].parent) is not None:
        section, depth = parent, depth + 1
    return depth


def _spans(reading: Reading, marks: Sequence[Mark]) -> list[_Span]:
    """Everything to be laid over the text."""
    spans = [
        _Span(section.start, -section.start, 0, i, f'<span class="anchor" id="h{i}">', "")
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
        spans.append(_span(figure.start, figure.end, _FIGURE, i, again, f"f{i}"))
    for i, mark in enumerate(marks):
        again = f'<mark class="{mark.classes}" data-of="{mark.name}">'
        spans.append(_span(mark.start, mark.end, _MARK, i, again, mark.name))
    figures = sorted((figure.start, figure.end) for figure in reading.figures)
    return [piece for span in spans for piece in _outside(span, figures)]


def _span(start: int, end: int, layer: int, index: int, again: str, name: str) -> _Span:
    focus = "" if layer == 1 else ' role="link" tabindex="-1"'
    return _Span(start, -end, layer, index, again[:-1] + f' id="{name}"{focus}>', again)


def _outside(span: _Span, figures: Sequence[tuple[int, int]]) -> tuple[_Span, ...]:
    """The span, cut where a figure begins that it ends in the midst of: a figure stays in one piece."""
    at = bisect_left(figures, (span.end,)) - 1
    if span.layer == _FIGURE or at < 0:
        return (span,)
    start, end = figures[at]
    return span.cut(start) if span.start < start < span.end < end else (span,)


def _marked(text: str, start: int, end: int, spans: Sequence[_Span]) -> str:
    """`text[start:end]` with the spans as properly nested elements; what would cross is cut."""
    waiting = list(spans)
    heapify(waiting)
    open_spans: list[_Span] = []
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
            pieces.append(_CLOSING[span.layer])

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
