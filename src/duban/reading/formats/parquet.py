"""Parquet: the Arrow table of one sort of finding, written as the batch goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from duban.reading.formats.frame import SCHEMAS, table

if TYPE_CHECKING:
    from duban.reading.formats.selection import Selection
    from duban.reading.reading import Reading

__all__ = ["Writer", "render"]

_ROWS = 100_000
"""Rows of a row group: few enough to hold in memory, enough to be read fast."""


def render(reading: Reading, selection: Selection) -> pa.Table:
    """The rows of one reading."""
    (of,) = selection.of
    return table(selection.records(reading), of)


class Writer:
    """Gathers the readings' rows into row groups."""

    def __init__(self, stream: BinaryIO, selection: Selection) -> None:
        (of,) = selection.of
        self._file = pq.ParquetWriter(stream, SCHEMAS[of], compression="zstd")
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def write(self, chunk: pa.Table) -> None:
        self._waiting.append(chunk)
        self._rows += chunk.num_rows
        if self._rows >= _ROWS:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._file.close()

    def _flush(self) -> None:
        if self._rows:
            self._file.write_table(pa.concat_tables(self._waiting), row_group_size=_ROWS)
        self._waiting, self._rows = [], 0
