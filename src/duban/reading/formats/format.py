"""The output formats by name. A format's libraries are imported when it is used."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from duban.reading.reading import Finding

if TYPE_CHECKING:
    from duban.reading.formats.selection import Selection
    from duban.reading.reading import Reading

__all__ = ["FORMATS", "Format", "Writer"]


class Writer(Protocol):
    """Takes the rendered readings of a batch in order; `close` finishes the file."""

    def write(self, chunk: Any) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Format:
    """One way to write readings down, in two steps so that a batch can do the first in parallel.

    The module offers `render(reading, selection)`, which gives a chunk that can be sent between
    processes, and `Writer(stream, selection)`, which puts chunks into a binary stream.
    """

    name: str
    suffix: str
    module: str
    default: tuple[Finding, ...] = ("figures",)
    """What is written when nothing is asked for."""
    binary: bool = False
    """Of no use on a terminal."""
    single: bool = False
    """One file holds one reading: a batch goes into a folder."""

    def render(self, reading: Reading, selection: Selection) -> Any:
        """The part of the output that comes from one reading."""
        return import_module(self.module).render(reading, selection)

    def writer(self, stream: BinaryIO, selection: Selection) -> Writer:
        """What puts rendered readings into `stream`; the caller closes both."""
        made: Writer = import_module(self.module).Writer(stream, selection)
        return made


_HERE = "duban.reading.formats"
_ALL: tuple[Finding, ...] = ("figures", "distinctions", "statements")

FORMATS = {
    made.name: made
    for made in (
        Format(name="table", suffix=".txt", module=f"{_HERE}.table"),
        Format(name="jsonl", suffix=".jsonl", module=f"{_HERE}.jsonl", default=_ALL),
        Format(name="csv", suffix=".csv", module=f"{_HERE}.csv_file"),
        Format(name="xlsx", suffix=".xlsx", module=f"{_HERE}.workbook", default=_ALL, binary=True),
        Format(name="parquet", suffix=".parquet", module=f"{_HERE}.parquet", binary=True),
        Format(name="html", suffix=".html", module=f"{_HERE}.pages", default=_ALL, single=True),
    )
}
