"""An Excel workbook: a sheet for each sort of finding, to be filtered, sorted and checked against the quotation."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO
from unicodedata import east_asian_width

import xlsxwriter

from duban.errors import OutputError
from duban.reading.formats.labels import columns, heading, labelled, sheet
from duban.reading.formats.records import plain

if TYPE_CHECKING:
    from duban.reading.formats.selection import Selection
    from duban.reading.reading import Finding, Reading

    Row = list[Any]

__all__ = ["Book", "Sheet", "Writer", "render"]

_LAST_ROW = 1_048_575
_LONGEST = 32_767
"""Characters that a cell can hold."""
_EXACT = 15
"""Characters of a number all of whose digits a spreadsheet keeps."""
_WIDEST = 60
_MEASURED = 500
"""Rows that the widths of the columns are taken from."""
# What XML 1.0 cannot say, halves of surrogate pairs among it.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that two runs give the same bytes


def render(reading: Reading, selection: Selection) -> dict[Finding, list[Row]]:
    """The rows of one reading, by sheet."""
    lang = selection.lang
    return {
        of: [
            [labelled(record, field, lang) for field in columns(of)]
            for record in selection.records(reading, of)
        ]
        for of in selection.of
    }


class Book:
    """An Excel workbook that is written row by row. Text stays text: never a formula or a link."""

    def __init__(self, stream: BinaryIO) -> None:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(stream, options)
        self._book.set_properties({"created": _CREATED})
        self._styles: dict[str, Any] = {}
        self._sheets: list[Sheet] = []

    def sheet(self, name: str, headings: list[str]) -> Sheet:
        """A new sheet with its first row."""
        made = Sheet(self, name, headings)
        self._sheets.append(made)
        return made

    def close(self) -> None:
        """Finish every sheet and the file."""
        for each in self._sheets:
            each.finish()
        self._book.close()

    def add_sheet(self, name: str) -> Any:
        """A new worksheet of the library's."""
        return self._book.add_worksheet(name)

    def style(self, number_format: str) -> Any:
        """The cell style for a number format; each is made once."""
        if number_format not in self._styles:
            self._styles[number_format] = self._book.add_format({"num_format": number_format})
        return self._styles[number_format]

    def heading_style(self) -> Any:
        """White on dark, for the first row."""
        return self._book.add_format({"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"})


class Writer:
    """A workbook of readings; only a row of each sheet is in memory."""

    def __init__(self, stream: BinaryIO, selection: Selection) -> None:
        self._book = Book(stream)
        lang = selection.lang
        self._sheets = {
            of: self._book.sheet(sheet(of, lang), [heading(field, lang) for field in columns(of)])
            for of in selection.of
        }

    def write(self, chunk: dict[Finding, list[Row]]) -> None:
        for of, rows in chunk.items():
            for row in rows:
                self._sheets[of].add(row)

    def close(self) -> None:
        self._book.close()


class Sheet:
    """One sheet of a workbook, its first row fixed."""

    def __init__(self, book: Book, name: str, headings: list[str]) -> None:
        self._book = book
        self._sheet = book.add_sheet(name)
        self._name = name
        self._widths = [_width(text) + 3 for text in headings]
        self._row = 0
        self._sheet.freeze_panes(1, 0)
        style = book.heading_style()
        for column, text in enumerate(headings):
            self._sheet.write_string(0, column, text, style)

    def add(self, row: Row, notes: dict[int, str] | None = None) -> None:
        """One record below the last; `notes` are shown beside the cells of these columns."""
        self._row += 1
        if self._row > _LAST_ROW:
            raise OutputError(
                f"the sheet {self._name} is full",
                expected=f"at most {_LAST_ROW} rows",
                todo="use csv or parquet",
            )
        for column, value in enumerate(row):
            shown = self._cell(column, value)
            if self._row <= _MEASURED:
                self._widths[column] = max(self._widths[column], min(_WIDEST, _width(shown) + 1))
        for column, note in (notes or {}).items():
            self._sheet.write_comment(
                self._row, column, _NO_XML.sub("\ufffd", note), {"x_scale": 2.5, "y_scale": 1.5}
            )

    def finish(self) -> None:
        """Filters over everything, and columns as wide as what they hold."""
        self._sheet.autofilter(0, 0, self._row, len(self._widths) - 1)
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)

    def _cell(self, column: int, value: object) -> str:
        """Write a cell; gives what it shows."""
        if isinstance(value, Decimal):
            return self._value(column, value)
        if isinstance(value, int):
            self._sheet.write_number(self._row, column, value)
            return str(value)
        return self._text(column, "" if value is None else str(value))

    def _text(self, column: int, text: str) -> str:
        text = _NO_XML.sub("\ufffd", text)
        text = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
        self._sheet.write_string(self._row, column, text)
        return text

    def _value(self, column: int, value: Decimal) -> str:
        """A number with as many decimals as the report gives, or text if it would lose digits."""
        digits = plain(value)
        if len(digits) > _EXACT:
            return self._text(column, digits)
        fraction = digits.partition(".")[2]
        style = self._book.style("#,##0" + ("." + "0" * len(fraction) if fraction else ""))
        self._sheet.write_number(self._row, column, float(value), style)
        return f"{value:,f}"


def _width(text: str) -> int:
    """How wide the text's first line is, in digits; a Han character counts as two."""
    line = text.partition("\n")[0][:_WIDEST]
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in line)
