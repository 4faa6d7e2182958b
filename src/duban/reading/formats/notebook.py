"""A reading in a notebook: what it is and the first of its figures."""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from duban.reading.formats.labels import heading, label
from duban.reading.formats.numbers import value_for_people
from duban.reading.formats.selection import Selection

if TYPE_CHECKING:
    from duban.reading.formats.records import Record
    from duban.reading.reading import Reading

__all__ = ["notebook_table"]

_ROWS = 20
_FIELDS = ("indicator", "value", "unit", "kind", "status", "period", "place")


def notebook_table(reading: Reading) -> str:
    """HTML with every word of the report escaped."""
    document = reading.document
    shown = islice(Selection(of=("figures",)).records(reading), _ROWS)
    counts = f"{len(reading.figures)} 数据 · {len(reading.distinctions)} 位次与首创 · {len(reading.statements)} 表述"
    headings = "".join(f"<th>{heading(field, 'zh')}</th>" for field in _FIELDS)
    left_out = len(reading.figures) - _ROWS
    return (
        f"<table><caption>{escape(document.title or document.id)}: {counts}</caption>"
        f"<thead><tr>{headings}</tr></thead>"
        f"<tbody>{''.join(map(_row, shown))}</tbody></table>"
        + (f"<p>… {left_out} more: <code>.to_frame()</code></p>" if left_out > 0 else "")
    )


def _row(record: Record) -> str:
    cells = {
        **record,
        "value": value_for_people(record, "zh"),
        "kind": label("kind", str(record["kind"]), "zh"),
        "status": label("status", str(record["status"]), "zh"),
    }
    texts = ("" if cells[field] is None else escape(str(cells[field])) for field in _FIELDS)
    return f"<tr>{''.join(f'<td>{text}</td>' for text in texts)}</tr>"
