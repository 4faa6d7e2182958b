"""CSV that a spreadsheet opens as it is: UTF-8 with a mark, Chinese headings, no cell taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING, BinaryIO

from duban.reading.formats.labels import columns, heading, labelled
from duban.reading.formats.records import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.reading.formats.selection import Selection
    from duban.reading.reading import Reading

__all__ = ["Writer", "cell", "render", "rows"]

# Spreadsheets take these as the start of a formula; in Chinese and Japanese settings the full-width ones too.
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def render(reading: Reading, selection: Selection) -> str:
    """The rows of one reading."""
    lang = selection.lang
    return rows(
        [cell(labelled(record, field, lang)) for field in columns(of)]
        for of in selection.of
        for record in selection.records(reading, of)
    )


class Writer:
    """A heading line, then the rows. Half of a surrogate pair, which has no UTF-8, becomes a question mark."""

    def __init__(self, stream: BinaryIO, selection: Selection) -> None:
        self._stream = stream
        self._heading = rows([heading(field, selection.lang) for field in columns(of)] for of in selection.of)
        self._stream.write(f"\ufeff{self._heading}".encode())

    def write(self, chunk: str) -> None:
        self._stream.write(chunk.encode("utf-8", errors="replace"))

    def close(self) -> None:
        self._stream.flush()


def cell(value: object) -> str:
    """What is written for a value: nothing that a spreadsheet takes for a formula."""
    if isinstance(value, Decimal):
        return plain(value)
    text = "" if value is None else str(value).replace("\0", "\ufffd")
    return f"'{text}" if _FORMULA.match(text) else text


def rows(cells: Iterable[list[str]]) -> str:
    """Rows of cells as CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(cells)
    return buffer.getvalue()
