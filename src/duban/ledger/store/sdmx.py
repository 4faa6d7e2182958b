"""Observations as SDMX-CSV 2.0 (SDMX 3.0 technical notes, section 7): one line each, its structure named in each.

Dimensions FREQ REF_AREA INDICATOR KIND STANCE TIME_PERIOD. REF_AREA is the GB/T 2260 code (CN for the nation); a place
that has none gets one made of its name, which stands in REF_AREA_NAME. INDICATOR is the catalogue's code with _ for the
full stop, which SDMX does not allow in a code. Written here and not by pysdmx, which needs pandas for it; a test reads
it back with pysdmx.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from duban.ledger.store.versions import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["COLUMNS", "DATAFLOW", "sdmx_csv"]

DATAFLOW = "DUBAN:FIGURES(1.0.0)"
COLUMNS = (
    *("STRUCTURE", "STRUCTURE_ID", "ACTION"),
    *("FREQ", "REF_AREA", "INDICATOR", "KIND", "STANCE", "TIME_PERIOD"),
    *(
        "OBS_VALUE",
        "OBS_HIGH",
        "QUALIFIER",
        "OBS_STATUS",
        "UNIT_MEASURE",
        "UNIT_MULT",
        "DECIMALS",
        "CONF_STATUS",
    ),
    *("REF_AREA_NAME", "REPORT_YEAR", "QUOTE", "DOCUMENT", "START", "END", "PRINTED"),
)
_OBS_STATUS = {"estimate": "E"}
"""CL_OBS_STATUS: estimated; all else is a normal value (A), a target being told by STANCE."""


def sdmx_csv(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The heading, then the rows of a panel as lines."""
    yield _line(COLUMNS)
    for record in records:
        observation = _observation(record)
        yield _line([observation[column] for column in COLUMNS])


def _observation(record: dict[str, Any]) -> dict[str, Any]:
    value = record["value_text"]
    return {
        "STRUCTURE": "dataflow",
        "STRUCTURE_ID": DATAFLOW,
        "ACTION": "I",
        "FREQ": "A",
        "REF_AREA": record["place_code"] or f"X{digest(record['place'])[:10].upper()}",
        "INDICATOR": record["code"].replace(".", "_"),
        "KIND": record["kind"].upper(),
        "STANCE": record["status"].upper(),
        "TIME_PERIOD": _period(record["period"]),
        "OBS_VALUE": value,
        "OBS_HIGH": record["high_text"],
        "QUALIFIER": record["qualifier"].upper(),
        "OBS_STATUS": _OBS_STATUS.get(record["status"], "A"),
        "UNIT_MEASURE": record["unit"],
        "UNIT_MULT": 0,
        "DECIMALS": len(value.partition(".")[2]),
        "CONF_STATUS": "F",
        "REF_AREA_NAME": record["place"],
        "REPORT_YEAR": record["report_year"],
        "QUOTE": " ".join(record["quote"].split()),
        "DOCUMENT": record["document"],
        "START": record["start"],
        "END": record["end"],
        "PRINTED": record["printed"] if record["corrected"] else None,
    }


def _period(period: str) -> str:
    """A year, or a span of years as its first day and length.

    >>> _period("2026"), _period("2021/2025")
    ('2026', '2021-01-01/P5Y')
    """
    first, _, last = period.partition("/")
    return f"{first}-01-01/P{int(last) - int(first) + 1}Y" if last else first


def _line(cells: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow("" if cell is None else cell for cell in cells)
    return buffer.getvalue()
