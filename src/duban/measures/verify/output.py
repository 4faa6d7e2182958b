"""The forms that a verification is written in: a table, JSON lines, CSV, a workbook, a page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from duban.measures.verify.behind import Rows
from duban.measures.verify.labels import label
from duban.measures.verify.records import COLUMNS, Recorder
from duban.reading.formats.records import dumps, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from duban.measures.verify.model import Outcome
    from duban.measures.verify.verification import Verification

__all__ = ["FORMATS", "Result", "Writer"]

FORMATS = ("table", "jsonl", "csv", "xlsx", "html")
_ROWS_OF_SHEET = 10_000
"""Rows of a workbook behind one value."""
_ROW_COLUMNS = ("number", "measure", "place", "period", "day", "value", "other")


class Result(NamedTuple):
    """A verification, and those of its outcomes that were asked for."""

    verification: Verification
    outcomes: tuple[Outcome, ...]


class Writer:
    """Writes one result into a binary stream, in one of `FORMATS`; a table's cells are parted by tabs."""

    def __init__(self, stream: BinaryIO, form: str, lang: str) -> None:
        self._stream = stream
        self._lang = lang
        self._write: Callable[[Result], None] = {
            "table": self._lines,
            "jsonl": self._jsonl,
            "csv": self._csv,
            "xlsx": self._workbook,
            "html": self._page,
        }[form]

    def write(self, result: Result) -> None:
        self._write(result)

    def close(self) -> None:
        self._stream.flush()

    def _rows(self, result: Result) -> Iterator[list[Any]]:
        recorder = Recorder(result.verification)
        for position, outcome in enumerate(result.outcomes, 1):
            row = recorder.row(outcome, position, self._lang)
            yield [row[column] for column in COLUMNS]

    def _headings(self) -> list[str]:
        return [label("headings", column, self._lang) for column in COLUMNS]

    def _lines(self, result: Result) -> None:
        from duban.reading.formats.table import clean

        lines = [self._headings(), *([_text(cell) for cell in row] for row in self._rows(result))]
        self._stream.write("".join("\t".join(map(clean, line)) + "\n" for line in lines).encode())

    def _jsonl(self, result: Result) -> None:
        recorder = Recorder(result.verification)
        for outcome in result.outcomes:
            line = dumps(recorder.record(outcome)) + "\n"
            self._stream.write(line.encode("utf-8", errors="replace"))

    def _csv(self, result: Result) -> None:
        from duban.reading.formats.csv_file import cell, rows

        lines = [self._headings(), *([cell(each) for each in row] for row in self._rows(result))]
        self._stream.write(("\ufeff" + rows(lines)).encode("utf-8", errors="replace"))

    def _workbook(self, result: Result) -> None:
        from duban.reading.formats.workbook import Book

        book = Book(self._stream)
        claims = book.sheet(label("sheets", "claims", self._lang), self._headings())
        for row in self._rows(result):
            claims.add(row)
        headings = [label("headings", column, self._lang) for column in _ROW_COLUMNS]
        sheet = book.sheet(label("sheets", "rows", self._lang), headings)
        for cells in _behind(result):
            sheet.add(cells)
        book.close()

    def _page(self, result: Result) -> None:
        from duban.measures.verify.page import render

        page = render(result.verification, result.outcomes, lang=self._lang)
        self._stream.write(page.encode("utf-8"))


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else str(value)


def _behind(result: Result) -> Iterator[list[Any]]:
    """The rows behind each claim, with the claim's number: day, counted value, and what else the row says."""
    rows = Rows(_ROWS_OF_SHEET)
    for position, outcome in enumerate(result.outcomes, 1):
        for each in rows.behind(outcome.computed) if outcome.computed else ():
            head = [position, each.value.measure, each.value.place, each.value.period]
            for row in each.rows:
                said = dict(zip(each.columns, row, strict=True))
                day, value = said.pop("day", None), said.pop(each.column)
                more = "; ".join(f"{name} {_text(cell)}" for name, cell in said.items() if cell is not None)
                yield [*head, day, value, more]
