"""What the command found, and the formats it is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from duban.ledger.audit.labels import label, message
from duban.ledger.audit.records import COLUMNS, Places, finding_record, row
from duban.reading.formats.records import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from duban.documents.model import Document
    from duban.ledger.model import Finding
    from duban.reading.formats.records import Record

__all__ = ["Result", "Writer"]


class Result(NamedTuple):
    """What the audit of one report came to."""

    document: Document
    findings: tuple[Finding, ...]
    sums: int
    """How many sums were done."""


class Writer:
    """Writes results into a binary stream: table (cells parted by tabs), jsonl, csv or xlsx."""

    def __init__(self, stream: BinaryIO, form: str, places: Places, lang: str) -> None:
        self._stream = stream
        self._places = places
        self._lang = lang
        self._write: Callable[[Sequence[Result]], None] = {
            "table": self._lines,
            "jsonl": self._jsonl,
            "csv": self._csv,
            "xlsx": self._workbook,
        }[form]

    def write(self, results: Sequence[Result]) -> None:
        self._write(results)

    def close(self) -> None:
        self._stream.flush()

    def _rows(self, results: Sequence[Result]) -> Iterator[Record]:
        for result in results:
            for finding in result.findings:
                yield row(finding, result.document, self._places, self._lang)

    def _lines(self, results: Sequence[Result]) -> None:
        from duban.reading.formats.table import clean

        lines = [
            self._headings(),
            *([_text(record[field]) for field in COLUMNS] for record in self._rows(results)),
        ]
        self._stream.write("".join("\t".join(map(clean, line)) + "\n" for line in lines).encode())

    def _jsonl(self, results: Sequence[Result]) -> None:
        for result in results:
            for finding in result.findings:
                record = finding_record(finding, result.document, self._places)
                self._stream.write((dumps(record) + "\n").encode("utf-8", errors="replace"))

    def _csv(self, results: Sequence[Result]) -> None:
        from duban.reading.formats.csv_file import cell, rows

        lines = [
            self._headings(),
            *([cell(record[field]) for field in COLUMNS] for record in self._rows(results)),
        ]
        self._stream.write(("\ufeff" + rows(lines)).encode("utf-8", errors="replace"))

    def _workbook(self, results: Sequence[Result]) -> None:
        from duban.reading.formats.workbook import Book

        book = Book(self._stream)
        sheet = book.sheet(message("sheet", self._lang), self._headings())
        for record in self._rows(results):
            sheet.add([record[field] for field in COLUMNS])
        book.close()

    def _headings(self) -> list[str]:
        return [label("headings", field, self._lang) for field in COLUMNS]


def _text(value: object) -> str:
    return "" if value is None else str(value)
