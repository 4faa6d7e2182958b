"""A reading in the forms that people and programs take away: table, jsonl, csv, xlsx, parquet, html."""

from __future__ import annotations

from duban.reading.formats.format import FORMATS, Format, Writer
from duban.reading.formats.selection import Selection

__all__ = ["FORMATS", "Format", "Selection", "Writer"]
