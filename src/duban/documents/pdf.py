"""A text PDF → its text as extracted, with the lines that the layout broke put together into blocks."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from duban.documents.blocks import Piece, lines_of, pieces_of_lines
from duban.documents.furniture import furniture_of_lines
from duban.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from duban.documents.blocks import Line

__all__ = ["pages_of", "read_pdf"]

_NUMBER = re.compile(r"[-—–－·\s]*[0-9０-９]{1,4}[-—–－·\s]*")
_ENDS = re.compile(r"[。！？；：!?;:…][”’」』）)]*$")


def read_pdf(path: Path) -> tuple[str, list[Piece], tuple[int, ...]]:
    """The text, its blocks and the offsets at which its pages begin.

    Page numbers and running heads are furniture. A PDF without a text layer gives an empty text.
    """
    document = _open(path)
    try:
        pages = [_text_of(page) for page in document]
    finally:
        document.close()
    text = "\n".join(pages)
    starts = pages_of(pages)
    return text, pieces_of_pages(text, starts), starts


def pages_of(pages: list[str]) -> tuple[int, ...]:
    """The offsets at which pages joined by one line break begin."""
    starts, at = [], 0
    for page in pages:
        starts.append(at)
        at += len(page) + 1
    return tuple(starts)


def pieces_of_pages(text: str, starts: tuple[int, ...]) -> list[Piece]:
    """Blocks of a text in lines of a fixed width; a paragraph may go on over a page's end."""
    lines = lines_of(text)
    names = furniture_of_lines([line.text for line in lines])
    _mark_margins(lines, names, starts)
    own = [line for line, name in zip(lines, names, strict=True) if name is None]
    return pieces_of_lines(lines, names, width=_width(own))


def _open(path: Path) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise InputError(
                "the PDF is encrypted",
                where=str(path),
                expected="a PDF that opens without a password",
                todo="save it without a password",
            ) from error
        raise InputError(
            f"the file is damaged or no PDF ({error})",
            where=str(path),
            expected="a complete PDF",
            todo="fetch it once more, or print it to PDF again",
        ) from error


def _text_of(page: Any) -> str:
    layer = page.get_textpage()
    try:
        return str(layer.get_text_range())
    finally:
        layer.close()
        page.close()


def _mark_margins(lines: list[Line], names: list[str | None], starts: tuple[int, ...]) -> None:
    """Page numbers and running heads: the first and last line of each page."""
    edges = _edges(lines, starts)
    repeated = Counter(re.sub(r"[0-9０-９]+", "#", lines[index].text) for index in edges)
    for index in edges:
        line = lines[index].text
        if _NUMBER.fullmatch(line):
            names[index] = "page_number"
        elif len(line) <= 40 and not _ENDS.search(line) and repeated[re.sub(r"[0-9０-９]+", "#", line)] >= 3:
            names[index] = names[index] or "navigation"


def _edges(lines: list[Line], starts: tuple[int, ...]) -> list[int]:
    edges: set[int] = set()
    page, last = -1, -1
    for index, line in enumerate(lines):
        at = page
        while at + 1 < len(starts) and line.start >= starts[at + 1]:
            at += 1
        if at != page:
            edges.update((last, index) if last >= 0 else (index,))
            page = at
        last = index
    return sorted(edges | ({last} if last >= 0 else set()))


def _width(lines: list[Line]) -> int:
    """How many characters a full line has."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[len(lengths) * 9 // 10] if lengths else 0
