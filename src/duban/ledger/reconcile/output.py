"""What the command found, and the formats it is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from duban.ledger.reconcile.labels import label
from duban.ledger.reconcile.records import flat, settlement_record, unannounced_record
from duban.reading.formats.records import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from duban.ledger.model import Settlement
    from duban.ledger.reconcile.claimed import Unannounced
    from duban.reading.formats.records import Record

__all__ = ["FORMATS", "SHEETS", "Result", "Writer"]

FORMATS = ("table", "jsonl", "csv", "xlsx")
SHEETS = ("promises", "unannounced")


class Result(NamedTuple):
    """What two reports of a place came to."""

    place: str
    earlier_year: int
    later_year: int
    settlements: tuple[Settlement, ...]
    unannounced: tuple[Unannounced, ...]


def _records(results: Sequence[Result], sheet: str) -> Iterator[Record]:
    for result in results:
        if sheet == "promises":
            yield from map(settlement_record, result.settlements)
        else:
            yield from map(unannounced_record, result.unannounced)


def _rows(results: Sequence[Result], sheet: str, lang: str) -> Iterator[Record]:
    """Records as people read them: codes by their words, one column a field."""
    for record in _records(results, sheet):
        shown = flat(record)
        shown["kind"] = label("kinds", str(record["kind"]), lang)
        if sheet == "promises":
            reasons: Any = record["reasons"]
            shown["verdict"] = label("verdicts", str(record["verdict"]), lang)
            shown["reasons"] = "；".join(label("reasons", reason, lang) for reason in reasons)
            shown["relation"] = (
                label("relations", str(record["relation"]), lang) if record["relation"] else None
            )
        yield shown


_COLUMNS = {
    "promises": (
        *(
            "place",
            "year",
            "verdict",
            "name",
            "indicator",
            "kind",
            "target_value",
            "target_high",
            "target_unit",
        ),
        *("target_qualifier", "outcome_value", "outcome_high", "outcome_unit", "outcome_qualifier"),
        *(
            "outcome_status",
            "relation",
            "against",
            "target_quote",
            "outcome_quote",
            "reasons",
            "score",
            "section",
            "rules",
        ),
    ),
    "unannounced": (
        *("place", "year", "name", "indicator", "kind", "outcome_value", "outcome_high", "outcome_unit"),
        *("outcome_qualifier", "outcome_status", "outcome_quote", "section"),
    ),
}


class Writer:
    """Writes results into a binary stream, in one of `FORMATS`; jsonl and csv hold the first of the sheets named."""

    def __init__(self, stream: BinaryIO, form: str, sheets: Sequence[str], lang: str) -> None:
        self._stream = stream
        self._sheets = sheets
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

    def _lines(self, results: Sequence[Result]) -> None:
        from duban.ledger.reconcile.table import write_lines

        write_lines(results, self._stream, lang=self._lang)

    def _jsonl(self, results: Sequence[Result]) -> None:
        for record in _records(results, self._sheets[0]):
            self._stream.write((dumps(record) + "\n").encode("utf-8", errors="replace"))

    def _csv(self, results: Sequence[Result]) -> None:
        from duban.reading.formats.csv_file import cell, rows

        sheet = self._sheets[0]
        columns = _COLUMNS[sheet]
        records = _rows(results, sheet, self._lang)
        lines = [
            self._headings(sheet),
            *([cell(record.get(field)) for field in columns] for record in records),
        ]
        self._stream.write(("\ufeff" + rows(lines)).encode("utf-8", errors="replace"))

    def _workbook(self, results: Sequence[Result]) -> None:
        from duban.reading.formats.workbook import Book

        book = Book(self._stream)
        for name in self._sheets:
            sheet = book.sheet(label("sheets", name, self._lang), self._headings(name))
            for record in _rows(results, name, self._lang):
                sheet.add([record.get(field) for field in _COLUMNS[name]])
        book.close()

    def _headings(self, sheet: str) -> list[str]:
        return [label("headings", field, self._lang) for field in _COLUMNS[sheet]]
