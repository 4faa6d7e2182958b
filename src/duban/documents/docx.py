"""A .docx → its text and blocks: paragraphs, headings and tables in the order of the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from duban.documents.blocks import BLANKS, Piece
from duban.documents.furniture import furniture_of_lines
from duban.documents.model import BlockKind
from duban.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from docx.document import Document as WordDocument

__all__ = ["read_docx"]

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*([1-9])?", re.IGNORECASE)


def read_docx(path: Path) -> tuple[str, list[Piece]]:
    """The text, one line a paragraph or table row (cells parted by tabs), and its blocks.

    Raises `InputError` for a truncated, encrypted or foreign file and for one without text.
    """
    parts = list(_parts(_open(path)))
    text = "\n".join(part for part, _, _ in parts)
    if not text.strip():
        raise InputError(
            "the document has no text",
            where=str(path),
            todo="if it is a scan, export it as PDF and read it with ocr",
        )
    return text, _pieces(parts)


def _open(path: Path) -> WordDocument:
    import docx

    with path.open("rb") as file:
        if file.read(8) == _OLE:
            raise InputError(
                "this is an encrypted .docx or an old .doc",
                where=str(path),
                expected="an open .docx",
                todo="save it as .docx without a password",
            )
    try:
        return docx.Document(str(path))
    except Exception as error:  # python-docx lets zipfile, lxml and KeyError through
        raise InputError(
            f"the file is damaged or no .docx ({type(error).__name__})",
            where=str(path),
            expected="a complete Word document",
            todo="open it in a word processor and save it again, or fetch it once more",
        ) from error


def _parts(document: WordDocument) -> Iterator[tuple[str, BlockKind, int | None]]:
    """Text, kind and level of each paragraph and table row."""
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield from ((row, BlockKind.TABLE, None) for row in _rows(item))
        else:
            level = _level(item)
            yield item.text, BlockKind.PARAGRAPH if level is None else BlockKind.HEADING, level


def _rows(table: Any) -> Iterator[str]:
    """The rows; a merged cell is named once, a line break in a cell is a blank."""
    for row in table.rows:
        cells: list[str] = []
        before = None
        for cell in row.cells:
            if cell._tc is not before:  # noqa: SLF001 - python-docx gives a merged cell once a column
                cells.append(re.sub(r"\s+", " ", cell.text).strip())
            before = cell._tc  # noqa: SLF001
        yield "\t".join(cells)


def _level(paragraph: Any) -> int | None:
    """The level a heading style tells; None for other paragraphs."""
    name = paragraph.style.name if paragraph.style is not None else ""
    found = _HEADING_STYLE.match(name or "")
    return int(found.group(1) or 1) if found else None


def _pieces(parts: list[tuple[str, BlockKind, int | None]]) -> list[Piece]:
    pieces: list[Piece] = []
    lines: list[str] = []
    at = 0
    for part, kind, level in parts:
        kept = part.strip(BLANKS)
        if kept:
            start = at + len(part) - len(part.lstrip(BLANKS))
            pieces.append(Piece(start, start + len(kept), kind, level=level))
            lines.append(kept)
        at += len(part) + 1
    for piece, name in zip(pieces, furniture_of_lines(lines), strict=True):
        piece.furniture = name
    return pieces
