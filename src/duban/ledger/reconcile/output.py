"""What the command found, and the formats it is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from duban.ledger.reconcile.labels import label
from duban.ledger.reconcile.records import flat, settlement_record, unannounced_record
from duban.reading.formats.records import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from duban.ledger.model import Settlement
    from duban.ledger.reconcile.unannounced import Unannounced
    from duban.reading.formats.records import Record

__all__ = ["SHEETS", "WRITERS", "Result"]

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
            shown["relation"] = label("relations", str(record["relation"]), lang) if record["relation"] else None
        yield shown


_COLUMNS = {
    "promises": (
        *("place", "year", "verdict", "name", "indicator", "kind", "target_value", "target_high", "target_unit"),
        *("target_qualifier", "outcome_value", "outcome_high", "outcome_unit", "outcome_qualifier"),
        *("outcome_status", "relation", "against", "target_quote", "outcome_quote", "reasons", "score", "section", "rules"),
    ),
    "unannounced": (
        *("place", "year", "name", "indicator", "kind", "outcome_value", "outcome_high", "outcome_unit"),
        *("outcome_qualifier", "outcome_status", "outcome_quote", "section"),
    ),
}


def _write_jsonl(results: Sequence[Result], stream: BinaryIO, sheets: Sequence[str], _lang: str) -> None:
    for sheet in sheets[:1]:
        for record in _records(results, sheet):
            stream.write((dumps(record) + "\n").encode("utf-8", errors="replace"))


def _write_csv(results: Sequence[Result], stream: BinaryIO, sheets: Sequence[str], lang: str) -> None:
    from duban.reading.formats.csv_file import cell, rows

    columns = _COLUMNS[sheets[0]]
    stream.write(("\ufeff" + rows([[label("headings", field, lang) for field in columns]])).encode())
    for record in _rows(results, sheets[0], lang):
        line = rows([[cell(record.get(field)) for field in columns]])
        stream.write(line.encode("utf-8", errors="replace"))


def _write_workbook(results: Sequence[Result], stream: BinaryIO, sheets: Sequence[str], lang: str) -> None:
    from duban.reading.formats.workbook import Book

    book = Book(stream)
    for name in sheets:
        columns = _COLUMNS[name]
        sheet = book.sheet(label("sheets", name, lang), [label("headings", field, lang) for field in columns])
        for record in _rows(results, name, lang):
            sheet.add([record.get(field) for field in columns])
    book.close()


WRITERS: dict[str, Callable[[Sequence[Result], BinaryIO, Sequence[str], str], None]] = {
    "jsonl": _write_jsonl,
    "csv": _write_csv,
    "xlsx": _write_workbook,
}
"""Format → what writes the results into a stream: the sheets named; jsonl and csv have one."""
