"""Records of a ledger in the forms that people and programs take away: a table, jsonl, csv, xlsx or parquet."""

from __future__ import annotations

import sys
from datetime import datetime
from decimal import Decimal
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

import click

from duban.ledger.store.labels import label, message, style
from duban.reading.formats.csv_file import cell, rows
from duban.reading.formats.labels import label as coded
from duban.reading.formats.output import file_output, standard_output
from duban.reading.formats.records import dumps, plain
from duban.reading.formats.table import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import RenderableType

    Record = dict[str, Any]

__all__ = ["Column", "chosen_format", "console", "shown", "table", "told", "write", "write_with"]

_BINARY = frozenset({"xlsx", "parquet"})
_CODED = frozenset({"kind", "qualifier"})


class Column(NamedTuple):
    """One column of a terminal's table."""

    field: str
    wraps: bool = False
    right: bool = False
    at_least: int = 0
    """Columns of the terminal from which on there is room for it."""


class _Once:
    """A writer of one thing, written by a function."""

    def __init__(self, stream: BinaryIO, put: Callable[[BinaryIO], None]) -> None:
        self._stream = stream
        self._put = put

    def write(self, _chunk: object) -> None:
        self._put(self._stream)

    def close(self) -> None:
        self._stream.flush()


def chosen_format(name: str | None, output: str | None, known: Sequence[str]) -> str:
    """The format asked for, or the one that the output's name ends with, or the table."""
    if name is None and output not in {None, "-"}:
        ending = PurePath(str(output)).suffix.lower().removeprefix(".")
        form = {"txt": "table"}.get(ending, ending)
        if form not in known:
            raise click.UsageError(f"-o {output}: no format is known by this ending. Add --format.")
        return form
    return name or "table"


def write(
    records: Sequence[Record], columns: Sequence[str], *, form: str, output: str | None, lang: str,
    printed: Callable[[], None],
) -> None:  # fmt: skip
    """Records in a form; `printed` prints what a person at a terminal sees, all else is `columns` of the records."""
    if form == "table" and output in {None, "-"} and sys.stdout.isatty():
        printed()
        return
    puts: dict[str, Callable[[BinaryIO], None]] = {
        "table": lambda stream: _lines(stream, records, columns, lang),
        "jsonl": lambda stream: _jsonl(stream, records, columns),
        "csv": lambda stream: _csv(stream, records, columns, lang),
    }
    write_with(puts[form], form=form, output=output)


def write_with(put: Callable[[BinaryIO], None], *, form: str, output: str | None) -> None:
    """What a function writes, to a file that appears whole or not at all, or to standard output."""
    binary = form in _BINARY
    standard = output in {None, "-"}
    if binary and standard and sys.stdout.isatty():
        raise click.UsageError(f"{form} is not for a terminal. Add -o NAME.{form}.")

    def make(stream: BinaryIO) -> _Once:
        return _Once(stream, put)

    with standard_output(make, binary=binary) if standard else file_output(Path(str(output)), make) as to:
        to("", None)


def _lines(stream: BinaryIO, records: Sequence[Record], columns: Sequence[str], lang: str) -> None:
    lines = [[label("headings", field, lang) for field in columns]]
    lines += [[clean(shown(record, field, lang)) for field in columns] for record in records]
    stream.write("".join("\t".join(line) + "\n" for line in lines).encode("utf-8", "replace"))


def _jsonl(stream: BinaryIO, records: Sequence[Record], columns: Sequence[str]) -> None:
    for record in records:
        line = dumps({field: _plain(record.get(field)) for field in columns})
        stream.write((line + "\n").encode("utf-8", "replace"))


def _csv(stream: BinaryIO, records: Sequence[Record], columns: Sequence[str], lang: str) -> None:
    lines = [[label("headings", field, lang) for field in columns]]
    lines += [
        [
            cell(value if isinstance(value := record.get(field), Decimal) else shown(record, field, lang))
            for field in columns
        ]
        for record in records
    ]
    stream.write(("\ufeff" + rows(lines)).encode("utf-8", "replace"))


def shown(record: Record, field: str, lang: str) -> str:
    """A cell as people read it: coded values by their words."""
    value = record.get(field)
    if value is None or value is False or value == []:
        return ""
    if value is True:
        return "✓"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, list):
        return " ".join(map(str, value))
    if field == "state":
        return label("states", str(value), lang)
    if field == "change":
        return label("changes", str(value), lang)
    if field == "status" and record.get("kind"):
        return coded("status", str(value), lang)
    return coded(field, str(value), lang) if field in _CODED else str(value)


def _plain(value: object) -> object:
    """A value that a line of JSON may hold."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return Decimal(str(value)) if isinstance(value, float) else value


def console() -> Any:
    """The terminal."""
    from rich.console import Console

    return Console(highlight=False)


def table(
    records: Sequence[Record], columns: Sequence[Column], *, width: int, lang: str, state: str = "state"
) -> RenderableType:
    """Records as a table for a terminal of a width; rows are styled by their state."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(
        box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold"
    )
    fit = [
        each
        for each in columns
        if each.at_least <= width and any(shown(one, each.field, lang) for one in records)
    ]
    for each in fit:
        made.add_column(
            label("headings", each.field, lang),
            justify="right" if each.right else "left",
            no_wrap=not each.wraps,
            overflow="fold" if each.wraps else "ellipsis",
        )
    for record in records:
        cells = [Text(clean(shown(record, each.field, lang))) for each in fit]
        made.add_row(*cells, style=style(str(record[state])) if record.get(state) else None)
    return made


def told(name: str, lang: str, **fields: object) -> None:
    """A sentence for a person, on standard error."""
    click.echo(message(name, lang, **fields), err=True)
