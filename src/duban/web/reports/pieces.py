"""The text of a report cut into what a page draws: paragraphs, and in them the marks of commitments."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from duban.web.reports.models import Commitment, Report

__all__ = ["Paragraph", "Piece", "blocks_of", "paragraphs"]


class Piece(NamedTuple):
    """Characters of a paragraph; those of a commitment, if there is one."""

    text: str
    start: int
    commitment: Commitment | None
    first: bool
    """Whether the commitment begins here, not in a paragraph before."""


class Paragraph(NamedTuple):
    number: int
    """Index into the document's blocks."""
    heading: int
    """The level of a heading, 0 for a paragraph."""
    pieces: list[Piece]


def paragraphs(
    report: Report, commitments: Sequence[Commitment], only: Iterable[int] | None = None
) -> Iterator[Paragraph]:
    """The paragraphs of the report, or those of these indices; furniture is left out.

    Joined, the pieces of a paragraph are its characters.
    """
    wanted = None if only is None else set(only)
    for index, block in enumerate(report.document["blocks"]):
        if block.get("furniture") or (wanted is not None and index not in wanted):
            continue
        start, end = block["start"], block["end"]
        inside = [one for one in commitments if one.start < end and one.end > start]
        level = report.document["sections"][block["section"]]["level"] if block["kind"] == "heading" else 0
        yield Paragraph(index, level, list(_pieces(report.text, start, end, inside)))


def _pieces(text: str, start: int, end: int, inside: list[Commitment]) -> Iterator[Piece]:
    at = start
    for one in inside:
        begin, stop = max(one.start, at), min(one.end, end)
        if begin > at:
            yield Piece(text[at:begin], at, None, first=False)
        if stop > begin:
            yield Piece(text[begin:stop], begin, one, first=one.start >= start)
        at = max(at, stop)
    if at < end:
        yield Piece(text[at:end], at, None, first=False)


def blocks_of(report: Report, start: int, end: int) -> list[int]:
    """The indices of the paragraphs that hold these characters."""
    return [
        index
        for index, block in enumerate(report.document["blocks"])
        if block["start"] < end and block["end"] > start
    ]
