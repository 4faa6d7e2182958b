"""Findings as an Arrow table: the contract's fields as typed columns."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow as pa

from duban.reading.formats.records import plain
from duban.reading.formats.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from duban.reading.formats.records import Record
    from duban.reading.reading import Finding, Reading

__all__ = ["SCHEMAS", "frame", "table"]

_TEXT = pa.string()
_COUNT = pa.int64()

_HEAD = [("document", _TEXT), ("region", _TEXT), ("year", _COUNT), ("index", _COUNT)]
_TAIL = [
    *(("section", _TEXT), ("part", _TEXT), ("start", _COUNT), ("end", _COUNT), ("text", _TEXT)),
    *(("prefix", _TEXT), ("suffix", _TEXT), ("sha256", _TEXT)),
]
SCHEMAS: dict[Finding, pa.Schema] = {
    "figures": pa.schema(
        [
            *_HEAD,
            *(("indicator", _TEXT), ("value", pa.float64()), ("value_text", _TEXT)),
            *(("high", pa.float64()), ("high_text", _TEXT), ("unit", _TEXT), ("qualifier", _TEXT)),
            *(("kind", _TEXT), ("status", _TEXT), ("period", _TEXT), ("place", _TEXT)),
            *(("quote", _TEXT), ("statement", _COUNT)),
            *_TAIL,
        ]
    ),
    "distinctions": pa.schema(
        [
            *_HEAD,
            *(("distinction", _TEXT), ("scope", _TEXT), ("subject", _TEXT), ("n", _COUNT)),
            *(("quote", _TEXT), ("statement", _COUNT)),
            *_TAIL,
        ]
    ),
    "statements": pa.schema(
        [
            *_HEAD,
            *(("status", _TEXT), ("action", _TEXT), ("object", _TEXT)),
            *(("figures", pa.list_(_COUNT)), ("distinctions", pa.list_(_COUNT))),
            *_TAIL,
        ]
    ),
}
"""The columns of each sort of finding; they never depend on what a text holds."""


def frame(reading: Reading, of: Finding) -> pa.Table:
    """All figures, distinctions or statements of a reading."""
    return table(Selection(of=(of,)).records(reading), of)


def table(records: Iterable[Record], of: Finding) -> pa.Table:
    """Records of one sort as a table."""
    return pa.Table.from_pylist([_row(record) for record in records], schema=SCHEMAS[of])


def _row(record: Record) -> Record:
    """One level deep, numbers both as float and as exact text, and nothing that Arrow cannot hold."""
    anchor = record["anchor"]
    row = {**record, **(anchor if isinstance(anchor, dict) else {})}
    for field in ("value", "high"):
        number = row.get(field)
        if isinstance(number, Decimal):
            row |= {field: float(number), f"{field}_text": plain(number)}
    return {key: _utf8(value) if isinstance(value, str) else value for key, value in row.items()}


def _utf8(text: str) -> str:
    """The text with the halves of surrogate pairs, which have no UTF-8, as question marks."""
    return text if text.isascii() else text.encode("utf-8", errors="replace").decode("utf-8")
