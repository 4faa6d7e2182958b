"""The table that `duban read` prints: laid out for a terminal, tab-separated for a pipe or a file."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal

from duban.reading.formats.labels import heading, labelled, sheet
from duban.reading.formats.numbers import value_as_written, value_for_people, value_for_programs
from duban.reading.formats.records import Record
from duban.reading.reading import Finding

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from duban.reading.formats.selection import Selection
    from duban.reading.reading import Reading

__all__ = ["Chunk", "Writer", "clean", "print_chunk", "render"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Chunk:
    """The records of one reading by sort, and what to call their document."""

    title: str
    records: dict[Finding, list[Record]]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the terminal's table, shown where the terminal is at least so wide and narrower than so."""

    field: str
    at_least: int = 0
    below: int = 10_000
    justify: Literal["left", "right"] = "left"
    max_width: int | None = None
    """If the terminal has no room for more."""
    wraps: bool = False


# Below 100 columns the number as written, which is short, stands for value and unit.
_TERMINAL: dict[str, tuple[_Column, ...]] = {
    "figures": (
        _Column("indicator", wraps=True),
        _Column("value", at_least=100, justify="right"),
        _Column("unit", at_least=100),
        _Column("compact", below=100, justify="right", max_width=24),
        _Column("kind"),
        _Column("status"),
        _Column("period"),
        _Column("place", at_least=70, below=100, max_width=10),
        _Column("place", at_least=100, max_width=16),
        _Column("section", at_least=100, max_width=27),
        _Column("text", at_least=150),
    ),
    "distinctions": (
        _Column("subject", wraps=True),
        _Column("distinction"),
        _Column("n", justify="right"),
        _Column("scope", at_least=70, max_width=11),
        _Column("text", wraps=True),
        _Column("section", at_least=100, max_width=27),
    ),
    "statements": (
        _Column("text", wraps=True),
        _Column("status"),
        _Column("action"),
        _Column("object", at_least=100, wraps=True),
        _Column("section", at_least=70, below=100, max_width=13),
        _Column("section", at_least=100, max_width=27),
    ),
}
_LINES: dict[str, tuple[str, ...]] = {
    "figures": (
        "indicator",
        "value",
        "unit",
        "kind",
        "status",
        "period",
        "place",
        "section",
        "text",
        "document",
    ),
    "distinctions": ("subject", "distinction", "n", "scope", "section", "text", "document"),
    "statements": ("text", "status", "action", "object", "section", "document"),
}
# A report must not be able to steer the terminal, nor to break a line or a column.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def render(reading: Reading, selection: Selection) -> Chunk:
    """The records of one reading."""
    return Chunk(
        title=clean(reading.document.title or reading.document.id),
        records={of: list(selection.records(reading, of)) for of in selection.of},
    )


class Writer:
    """Prints for a terminal if the stream is one, else lines of cells parted by tabs under one heading."""

    def __init__(self, stream: BinaryIO, selection: Selection) -> None:
        self._stream = stream
        self._lang = selection.lang
        self._console = _console() if stream is sys.stdout.buffer and sys.stdout.isatty() else None
        if self._console is None:
            for of in selection.of:
                self._line([heading(field, self._lang) for field in _LINES[of]])

    def write(self, chunk: Chunk) -> None:
        if self._console is not None:
            print_chunk(self._console, chunk, self._lang)
            return
        for of, records in chunk.records.items():
            for record in records:
                self._line([_plain(record, field, self._lang) for field in _LINES[of]])

    def close(self) -> None:
        self._stream.flush()

    def _line(self, cells: list[str]) -> None:
        self._stream.write(("\t".join(map(clean, cells)) + "\n").encode())


def print_chunk(console: Console, chunk: Chunk, lang: str) -> None:
    """A title and a table that fits the console for each sort of finding."""
    from rich.text import Text

    for of, records in chunk.records.items():
        title = Text(chunk.title, style="bold")
        console.print(title.append(f"  {len(records)} {sheet(of, lang)}", style="dim"))
        if records:
            console.print(_table(of, records, console.width, lang))
        console.print()


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def _table(of: Finding, records: list[Record], width: int, lang: str) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False, header_style="bold"
    )
    shown = [column for column in _TERMINAL[of] if _is_shown(column, records, width)]
    for column in shown:
        table.add_column(
            heading(column.field, lang, short=True), justify=column.justify, no_wrap=not column.wraps,
            overflow="fold" if column.wraps else "ellipsis", max_width=column.max_width,
            min_width=16 if column.wraps else None,
        )  # fmt: skip
    for record in records:
        style = {"target": "cyan", "planned": "cyan", "reference": "dim", "context": "dim"}
        cells = [Text(clean(_shown(record, column.field, lang))) for column in shown]
        table.add_row(*cells, style=style.get(str(record.get("status"))))
    return table


def _is_shown(column: _Column, records: list[Record], width: int) -> bool:
    """Whether there is room for the column and anything in it."""
    return column.at_least <= width < column.below and any(
        record.get(column.field, "") is not None for record in records
    )


def _shown(record: Record, field: str, lang: str) -> str:
    """A cell of the terminal's table."""
    if field == "value":
        return value_for_people(record, lang)
    if field == "compact":
        return value_as_written(record, lang)
    if field == "section":
        return str(record["section"]).rpartition(" / ")[2]
    return _plain(record, field, lang)


def _plain(record: Record, field: str, lang: str) -> str:
    """A cell of the tab-separated table."""
    value = value_for_programs(record) if field == "value" else labelled(record, field, lang)
    return "" if value is None else str(value)


def clean(text: str) -> str:
    """The text without what could steer a terminal or break a line."""
    return _CONTROL.sub(" ", text)
