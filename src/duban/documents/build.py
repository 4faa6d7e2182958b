"""Text and blocks → Document: sections, parts, metadata and the hash."""

from __future__ import annotations

import hashlib

from duban.documents.blocks import Piece, split
from duban.documents.metadata import level_of_place, read_metadata
from duban.documents.model import Document, Level
from duban.documents.sections import outline

__all__ = ["build", "from_text"]


def from_text(
    text: str,
    *,
    source: str = "-",
    id: str | None = None,  # noqa: A002 - the corpus field
    title: str | None = None,
    place: str | None = None,
    level: Level | str | None = None,
    year: int | None = None,
) -> Document:
    """A plain text as a document. Never raises for any string; what is given overrides what the text tells.

    >>> from_text("云溪市2026年政府工作报告").place
    '云溪市'
    """
    return build(text, split(text), source=source, id=id, title=title, place=place, level=level, year=year)


def build(
    text: str,
    pieces: list[Piece],
    *,
    source: str,
    id: str | None = None,  # noqa: A002 - the corpus field
    title: str | None = None,
    place: str | None = None,
    level: Level | str | None = None,
    year: int | None = None,
    pages: tuple[int, ...] = (),
) -> Document:
    """A document from a text whose blocks are known."""
    own = [piece for piece in pieces if piece.furniture is None]
    told = read_metadata(text, own[0].start if own else 0, source)
    year = year if year is not None else told.year
    sections, blocks = outline(text, pieces, year)
    place = place or told.place
    return Document(
        text=text,
        source=source,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        id=id or source,
        blocks=blocks,
        sections=sections,
        title=title or told.title,
        place=place,
        level=Level(level) if level else level_of_place(place),
        year=year,
        speaker=told.speaker,
        occasion=told.occasion,
        date=told.date,
        pages=pages,
    )
